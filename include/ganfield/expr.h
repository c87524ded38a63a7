/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expressions: one hash-consed graph, many readings.
 *
 * A gf_graph owns nodes; a gf_expr names one of them.  Equal expressions of
 * one graph are the same node, so `==` decides structural equality.  Numbers
 * are exact rationals: the text 0.2 is 1/5, and a double stands for the
 * shortest decimal that reads back to it.
 *
 *     gf_graph *graph = gf_graph_new();
 *     gf_expr D = gf_expr_symbol(graph, "D"), f, slope;
 *     gf_scope scope;
 *     gf_scope_init(&scope, graph);
 *     gf_scope_add(&scope, "D", D);
 *     status = gf_expr_parse(&f, &scope, "log(1 - D)", &error);
 *     slope = gf_expr_derive(graph, f, D);      (prints as -1/(1 - D))
 *
 * Failure is sticky: a constructor that runs out of memory or passes a limit
 * returns GF_EXPR_NONE, every constructor given GF_EXPR_NONE returns it again,
 * and gf_graph_check() says once, at the end, what happened.
 *
 * A graph is not shared between threads while it is being built; tapes
 * compiled from it are immutable and may be evaluated by any number of them.
 */
#ifndef GANFIELD_EXPR_H
#define GANFIELD_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ganfield/status.h>
#include <ganfield/verdict.h>

typedef struct gf_graph gf_graph;
typedef uint32_t gf_expr;

#define GF_EXPR_NONE ((gf_expr)0)

/* Limits that a hostile text meets; past them the status is GF_LIMIT. */
#define GF_EXPR_TEXT_MAX 65536   /* bytes of one expression's text */
#define GF_EXPR_DEPTH_MAX 200    /* nested operations */
#define GF_EXPR_NODES_MAX 200000 /* nodes of one graph */
#define GF_EXPR_PRINT_MAX 200000 /* bytes of a printed text, roughly */

/* NULL when memory runs out.  The caller frees the graph. */
GF_PUBLIC gf_graph *gf_graph_new(void);
GF_PUBLIC void gf_graph_free(gf_graph *graph);

/* GF_OK, or why a constructor first returned GF_EXPR_NONE. */
GF_PUBLIC gf_status gf_graph_check(const gf_graph *graph,
                                   gf_error *error) GF_CHECKED;

/* --- constructors ------------------------------------------------------ */

/* numerator / denominator, denominator != 0. */
GF_PUBLIC gf_expr gf_expr_rational(gf_graph *graph, long numerator,
                                   long denominator);
/* The shortest decimal of a finite value, exactly. */
GF_PUBLIC gf_expr gf_expr_number(gf_graph *graph, double value);
/* The same name is the same symbol. */
GF_PUBLIC gf_expr gf_expr_symbol(gf_graph *graph, const char *name);
/* a + b, a - b, a*b, a/b, base^exponent, -a; GF_EXPR_NONE of GF_EXPR_NONE. */
GF_PUBLIC gf_expr gf_expr_sum(gf_graph *graph, gf_expr a, gf_expr b);
GF_PUBLIC gf_expr gf_expr_difference(gf_graph *graph, gf_expr a, gf_expr b);
GF_PUBLIC gf_expr gf_expr_product(gf_graph *graph, gf_expr a, gf_expr b);
GF_PUBLIC gf_expr gf_expr_quotient(gf_graph *graph, gf_expr a, gf_expr b);
GF_PUBLIC gf_expr gf_expr_power(gf_graph *graph, gf_expr base,
                                gf_expr exponent);
GF_PUBLIC gf_expr gf_expr_negative(gf_graph *graph, gf_expr a);
/* A function of the table by its name, one argument ("log", "tanh", ...). */
GF_PUBLIC gf_expr gf_expr_call(gf_graph *graph, const char *name, gf_expr a);

/* --- text -------------------------------------------------------------- */

/* The names that a text may use: symbols (or whole expressions) and
   functions of one variable defined by `let`. */
typedef struct gf_scope {
    gf_graph *graph;
    struct gf_scope_entry *entry;
    size_t count, capacity;
} gf_scope;

GF_PUBLIC void gf_scope_init(gf_scope *scope, gf_graph *graph);
GF_PUBLIC void gf_scope_clear(gf_scope *scope);
/* `name` means `value`.  GF_NAME if taken, also by a function or constant. */
GF_PUBLIC gf_status gf_scope_add(gf_scope *scope, const char *name,
                                 gf_expr value, gf_error *error) GF_CHECKED;
/* A definition "NAME(x) = EXPR"; its body may use all names of the scope.
   Errors are placed within `text`. */
GF_PUBLIC gf_status gf_scope_let(gf_scope *scope, const char *text,
                                 gf_error *error) GF_CHECKED;

/* Reads a whole text.  GF_SYNTAX, GF_NAME (with the nearest known name),
   GF_LIMIT, GF_MEMORY; the error carries line, column and caret. */
GF_PUBLIC gf_status gf_expr_parse(gf_expr *out, const gf_scope *scope,
                                  const char *text, gf_error *error) GF_CHECKED;

/* The value of a text without symbols, as "2*pi/3"; NaN where it has none.
   Fails as gf_expr_parse does. */
GF_PUBLIC gf_status gf_expr_read_value(double *out, const char *text,
                                       gf_error *error) GF_CHECKED;

/* Text that gf_expr_parse reads back to the same node.  malloc'ed, the
   caller frees it; NULL when memory runs out, or where shared subexpressions
   would make a text longer than GF_EXPR_PRINT_MAX. */
GF_PUBLIC char *gf_expr_text(const gf_graph *graph, gf_expr e);
/* LaTeX in math mode, without delimiters; ownership as above. */
GF_PUBLIC char *gf_expr_latex(const gf_graph *graph, gf_expr e);

/* --- calculus ---------------------------------------------------------- */

/* What a person would write: like terms and factors collected, functions
   at known points evaluated.  Equal wherever both sides are defined. */
GF_PUBLIC gf_expr gf_expr_simplify(gf_graph *graph, gf_expr e);
/* The exact derivative d e / d symbol, simplified.  Kinks (abs min max sign
   step relu) are differentiated piecewise; see gf_expr_one_sided. */
GF_PUBLIC gf_expr gf_expr_derive(gf_graph *graph, gf_expr e, gf_expr symbol);
/* e with `symbol` replaced by `value`, simplified. */
GF_PUBLIC gf_expr gf_expr_substitute(gf_graph *graph, gf_expr e, gf_expr symbol,
                                     gf_expr value);
/* Does e have the symbol (or any other node) inside? */
GF_PUBLIC bool gf_expr_depends(const gf_graph *graph, gf_expr e,
                               gf_expr symbol);
/* Is e identically zero in its symbols?  Every subexpression that is not
   rational (a log, an exponential, ...) counts as an indeterminate of a
   rational function, so GF_YES is a proof; GF_NO is proved by a ball that
   excludes zero at a sample point. */
GF_PUBLIC gf_verdict gf_expr_is_zero(gf_graph *graph, gf_expr e);
/* An antiderivative in `symbol` where one is elementary and of a known
   kind (powers, logarithms, exponentials of a linear argument); else
   GF_EXPR_NONE, without a failure of the graph.  It holds on the interval
   round `near` that the singularities of e leave. */
GF_PUBLIC gf_expr gf_expr_integrate(gf_graph *graph, gf_expr e, gf_expr symbol,
                                    double near);
/* The value of an expression without symbols (NaN if it has one). */
GF_PUBLIC double gf_expr_value(const gf_graph *graph, gf_expr e);

/* --- kinks ------------------------------------------------------------- */

/* Does e contain abs, min, max, sign or step of something that depends on
   the symbol? */
GF_PUBLIC bool gf_expr_has_kinks(const gf_graph *graph, gf_expr e,
                                 gf_expr symbol);

/* --- tapes ------------------------------------------------------------- */

/* Several expressions compiled together, shared subexpressions computed
   once.  Immutable. */
typedef struct gf_tape gf_tape;

/* inputs: symbols, in the order of the input vector.  Every other symbol in
   a root is an error (GF_NAME). */
GF_PUBLIC gf_status gf_tape_new(gf_tape **out, const gf_graph *graph,
                                const gf_expr *roots, size_t root_count,
                                const gf_expr *inputs, size_t input_count,
                                gf_error *error) GF_CHECKED;
GF_PUBLIC void gf_tape_free(gf_tape *tape);
/* Doubles of scratch that gf_tape_at needs (gf_tape_block: times block). */
GF_PUBLIC size_t gf_tape_slots(const gf_tape *tape);
/* out[root_count] from in[input_count]; outside the domain of a function
   the value is NaN.  work: gf_tape_slots() doubles. */
GF_PUBLIC void gf_tape_at(double *out, const gf_tape *tape, const double *in,
                          double *work);
/* The same over `block` points: in[input][point], out[root][point]. */
GF_PUBLIC void gf_tape_block(double *out, const gf_tape *tape, const double *in,
                             size_t block, double *work);

#endif
