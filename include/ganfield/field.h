/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields: the planar vector field of a GAN variant, or any planar field.
 *
 * Pointwise (theory: docs/theory.md, section 1): three functions of D and, at
 * one data point with density p_d,
 *
 *     dD/dt   = a (p_d f1'(D) + p_g f2'(D))        the critic ascends
 *     dp_g/dt = b (f3(D) - f3(D0))                 the generator ascends
 *
 * With a link D = link(u) the first coordinate is u and f1, f2, f3 stand for
 * f1(link(u)), ...: du/dt = a (p_d f1'(u) + p_g f2'(u)).  So everything below
 * works in the coordinate, called x, and f[] are functions of x.
 *
 * Planar: du/dt and dv/dt as given, in axes of any names, times the speeds
 * (the critic's axis by a, the other by b).
 *
 * A field owns its graph and all texts; it does not change once made (but for
 * nodes added to the graph, which no reader sees).
 */
#ifndef GANFIELD_FIELD_H
#define GANFIELD_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include <ganfield/expr.h>
#include <ganfield/plane.h>
#include <ganfield/status.h>

#define GF_FIELD_PARAMETERS_MAX 64
#define GF_FIELD_STARTS_MAX 256
/* Doubles of scratch that a field's tapes may need; past it GF_LIMIT. */
#define GF_FIELD_SLOTS_MAX 16384

typedef enum gf_field_kind { GF_POINTWISE, GF_PLANAR } gf_field_kind;

/* An interval of reals; ends may be infinite (then open). */
typedef struct gf_range {
    double lo, hi;
    bool lo_closed, hi_closed;
} gf_range;

typedef struct gf_parameter {
    char name[64];
    gf_expr symbol;
    gf_expr value; /* exact */
    double number; /* its double */
} gf_parameter;

/* D0: where f1' + f2' = 0 (pointwise fields). */
typedef struct gf_equilibrium {
    double *value; /* all roots, in D, ascending; owned by the field */
    size_t count;
    gf_verdict unique;   /* one root and no more, proved */
    bool arbitrary;      /* f1' + f2' is identically zero on the domain */
    bool has_interval;   /* ... or on a part of it: */
    gf_range interval;   /* (of D) */
    bool chosen;         /* D0 is a gauge, not the only root */
    gf_expr exact;       /* the D0 in use, in the coordinate, as an
                            expression; GF_EXPR_NONE if it is not recognised */
    double d0;           /* the same as a number */
    double d0_lo, d0_hi; /* it lies between, proved */
} gf_equilibrium;

typedef struct gf_field {
    gf_graph *graph;
    gf_field_kind kind;
    char *name;   /* variant or file name without ending, "custom" */
    char *title;  /* "" if none */
    char *source; /* key of docs/references.md, "" if none */

    /* Texts as written, without blanks at the ends. */
    char *f_text[3];        /* pointwise; NULL for planar */
    char *velocity_text[2]; /* planar; NULL for pointwise */
    char *link_text;        /* NULL if none */
    char **let_text;        /* "f(t) = ..." */
    size_t let_count;

    /* Coordinates. */
    char axis_name[2][64]; /* "D" or "u", "p_g"; planar: as given */
    gf_expr axis[2];       /* their symbols */
    size_t critic;         /* 0 or 1: whose axis is which */
    gf_expr link;          /* D as a function of u; GF_EXPR_NONE if none */

    /* With parameters as symbols, as written. */
    gf_expr f[3];        /* pointwise, in the coordinate axis[0] */
    gf_expr f_of_d[3];   /* pointwise, in D (the same without a link) */
    gf_expr d_symbol;    /* the symbol D */
    gf_expr velocity[2]; /* speeds included; pointwise: f3(D0) as an exact
                            expression or the double next to it */

    gf_parameter parameter[GF_FIELD_PARAMETERS_MAX];
    size_t parameter_count;
    size_t p_d; /* index of p_d among them; parameter_count for planar */

    double speed[2];        /* a (critic), b (generator) */
    gf_expr speed_exact[2]; /* numbers */

    gf_range domain[2]; /* of the coordinates; the second: whole line for
                           pointwise fields */
    gf_range d_domain;  /* of D; the same as domain[0] without a link */
    bool has_physical;
    gf_range physical; /* of p_g: crossing it is reported */

    gf_range window[2]; /* of a portrait, in the coordinates; not given: round
                           the rest point */
    gf_vec2 start[GF_FIELD_STARTS_MAX]; /* inside the domain */
    size_t start_count;

    bool has_gauge;
    gf_expr gauge; /* exact, in D */
    bool has_rest; /* planar: the rest point one wants */
    gf_expr rest[2];
    gf_equilibrium equilibrium; /* pointwise */

    /* With parameters bound; inputs: the two coordinates. */
    gf_tape *tape;          /* velocity, then its Jacobian by rows */
    gf_tape *velocity_tape; /* the velocity alone */
    gf_tape *link_tape;     /* input u: D and dD/du; NULL without a link */
    struct gf_kinks *kinks; /* where the velocity is not smooth; NULL: it is
                               everywhere, or there are too many places */
} gf_field;

/* What a user changes about a field; all texts, NULL or empty: not. */
typedef struct gf_settings {
    const char *const *set; /* "NAME=VALUE"; VALUE a constant expression */
    size_t set_count;
    const char *speed;  /* "a,b", both > 0 */
    const char *link;   /* D as an expression in u */
    const char *gauge;  /* D0 (in D), a constant expression */
    const char *domain; /* of D, "(0,1)", "(-inf, inf)": ad hoc fields only */
} gf_settings;

/* --- making ------------------------------------------------------------ */

/* From the catalogue; GF_NAME with the nearest name if there is none. */
GF_PUBLIC GF_CHECKED gf_status gf_field_find(gf_field **out, const char *name,
                                             const gf_settings *settings,
                                             gf_error *error);
/* From a file of the format in docs/field-files.md.  GF_READ; GF_SYNTAX,
   GF_NAME, GF_DOMAIN, GF_LIMIT with file, line, column and caret. */
GF_PUBLIC GF_CHECKED gf_status gf_field_read(gf_field **out, const char *path,
                                             const gf_settings *settings,
                                             gf_error *error);
/* The same from memory; `name` names the field, `file` the text in errors. */
GF_PUBLIC GF_CHECKED gf_status gf_field_read_text(
    gf_field **out, const char *name, const char *file, const char *text,
    const gf_settings *settings, gf_error *error);
/* Ad hoc: f1, f2, f3 in D (x is a synonym). */
GF_PUBLIC GF_CHECKED gf_status gf_field_pointwise(gf_field **out,
                                                  const char *const f[3],
                                                  const gf_settings *settings,
                                                  gf_error *error);
/* Ad hoc: du/dt, dv/dt in u and v. */
GF_PUBLIC GF_CHECKED gf_status gf_field_planar(gf_field **out,
                                               const char *const velocity[2],
                                               const gf_settings *settings,
                                               gf_error *error);
GF_PUBLIC void gf_field_free(gf_field *field);

/* --- reading ----------------------------------------------------------- */

/* e with every parameter replaced by its value, simplified. */
GF_PUBLIC gf_expr gf_field_bind(const gf_field *field, gf_expr e);
/* The velocity at p, in coordinates; NaN outside the domain.  ctx: a
   const gf_field *.  Needs no memory but 8 GF_FIELD_SLOTS_MAX bytes of stack
   at most; any number of threads may call it. */
GF_PUBLIC gf_vec2 gf_field_at(gf_vec2 p, const void *ctx);
/* Its Jacobian: rows are velocities, columns coordinates. */
GF_PUBLIC gf_mat2 gf_field_jacobian(gf_vec2 p, const void *ctx);
/* Is x inside the domain? */
GF_PUBLIC bool gf_range_has(gf_range range, double x);
/* D at the coordinate x. */
GF_PUBLIC double gf_field_d(const gf_field *field, double x);

/* The lines on which the velocity has a kink or a jump; the k-th as text,
   "D = 1". */
GF_PUBLIC size_t gf_field_line_count(const gf_field *field);
GF_PUBLIC const char *gf_field_line(const gf_field *field, size_t k);

/* --- the catalogue ----------------------------------------------------- */

GF_PUBLIC size_t gf_catalog_count(void);
/* The i-th name in alphabetical order. */
GF_PUBLIC const char *gf_catalog_name(size_t i);

#endif
