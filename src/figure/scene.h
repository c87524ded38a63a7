/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A figure before it is painted: lines, areas, markers, arrowheads and labels
 * in page points (y downwards, 72 to the inch), in the order of painting and
 * in nested groups. It knows no library that draws.
 *
 *     gf_scene scene;
 *     gf_scene_init(&scene, 397, 298);
 *     gf_scene_open(&scene, "stream", "stream", NULL);
 *     gf_scene_clip(&scene, frame);
 *     gf_scene_stroke(&scene, &path, &grey);
 *     gf_scene_arrow(&scene, &arrow);
 *     gf_scene_shut(&scene);
 *     if (scene.failed)
 *         status = gf_error_set(error, GF_MEMORY, "out of memory");
 *
 * Everything given is copied. A failed allocation is remembered, as in a
 * gf_text, and so is a mistake of the caller's (a number that is not finite, a
 * group shut that is not open): gf_scene_check tells them apart.
 */
#ifndef GANFIELD_FIGURE_SCENE_H
#define GANFIELD_FIGURE_SCENE_H

#include "figure/path.h"
#include "figure/rich.h"

#include <ganfield/status.h>

/* sRGB and opacity, 255 is opaque. */
typedef struct gf_colour {
    unsigned char r, g, b, a;
} gf_colour;

#define GF_RGB(hex)                                                            \
    ((gf_colour){(hex) >> 16 & 0xff, (hex) >> 8 & 0xff, (hex)&0xff, 0xff})

typedef enum gf_cap { GF_CAP_BUTT, GF_CAP_ROUND } gf_cap;
typedef enum gf_join { GF_JOIN_ROUND, GF_JOIN_MITER } gf_join;

enum { GF_DASHES = 6 };

typedef struct gf_stroke {
    gf_colour colour;
    double width;           /* points, > 0 */
    double dash[GF_DASHES]; /* points on, off, on, ...; all 0: solid */
    gf_cap cap;
    gf_join join;
} gf_stroke;

typedef struct gf_fill {
    gf_colour colour; /* of the area, or of the hatching's lines */
    double hatch;     /* distance of 45 degree lines; 0: an even area */
    double width;     /* of the hatching's lines */
} gf_fill;

/* What stands at a point, with what it says in a portrait. */
typedef enum gf_marker_kind {
    GF_MARKER_DISC,    /* filled: stable */
    GF_MARKER_RING,    /* open: unstable */
    GF_MARKER_HALF,    /* left half filled: saddle */
    GF_MARKER_BULL,    /* dot in a circle: centre */
    GF_MARKER_DIAMOND, /* filled: degenerate */
    GF_MARKER_SQUARE,  /* open: non-smooth */
    GF_MARKER_UNKNOWN, /* open diamond: undecided */
    GF_MARKER_CROSS,   /* two strokes: a run that failed */
    GF_MARKER_DOT,     /* filled, without an outline: a start */
    GF_MARKER_STEP     /* open, thin: an iteration */
} gf_marker_kind;

typedef struct gf_marker {
    gf_vec2 at;
    gf_marker_kind kind;
    double radius;     /* to the outside of the outline */
    double line;       /* width of the outline */
    gf_colour colour;  /* outline and filled part */
    gf_colour inside;  /* open part */
    double halo;       /* width of the band round it; 0: none */
    gf_colour outside; /* the halo's */
} gf_marker;

/* A notched arrowhead of 40 degrees. */
typedef struct gf_arrow {
    gf_vec2 tip;
    gf_vec2 direction; /* page; any length but 0 */
    double length;     /* from the tip to the barbs, along the direction */
    gf_colour colour;
} gf_arrow;

/* Where a label's point lies: on the baseline, at half the height of a digit,
 * at the height of a digit, at the descent. */
typedef enum gf_level {
    GF_LEVEL_BASELINE,
    GF_LEVEL_MIDDLE,
    GF_LEVEL_TOP,
    GF_LEVEL_BOTTOM
} gf_level;

typedef struct gf_label {
    gf_vec2 at;
    double size;   /* of the font, points */
    double anchor; /* 0: the point is the text's left end, 0.5 middle, 1 right;
                      no other value */
    gf_level level;
    double angle; /* degrees counter-clockwise: 90 reads upwards */
    gf_colour colour;
    double halo;       /* width of the band round the letters; 0: none */
    gf_colour outside; /* the halo's */
} gf_label;

typedef enum gf_item_kind {
    GF_ITEM_OPEN,
    GF_ITEM_SHUT,
    GF_ITEM_STROKE,
    GF_ITEM_FILL,
    GF_ITEM_MARKER,
    GF_ITEM_ARROW,
    GF_ITEM_LABEL
} gf_item_kind;

typedef struct gf_group {
    char *id;    /* unique in the scene: a letter, then [A-Za-z0-9_-] */
    char *class; /* what kind of thing it is, for style sheets */
    char *title; /* what it is, for people; or NULL */
    bool clipped;
    gf_box clip;
} gf_group;

typedef struct gf_item {
    gf_item_kind kind;
    gf_path path; /* of a stroke or a fill */
    gf_rich rich; /* of a label */
    union {
        gf_group group; /* of GF_ITEM_OPEN */
        gf_stroke stroke;
        gf_fill fill;
        gf_marker marker;
        gf_arrow arrow;
        gf_label label;
    } as;
} gf_item;

/* What a file says about itself; each may be NULL. */
typedef struct gf_about {
    char *title;       /* "Phase portrait of the classic GAN" */
    char *description; /* the alt text */
    char *author;
    char *subject;
    char *keywords;
    char *command;  /* the command line that drew it */
    char *version;  /* "ganfield 0.1.0" */
    char *settings; /* parameters, tolerances, what it was made from */
} gf_about;

typedef struct gf_scene {
    double width, height; /* points */
    gf_colour background; /* a == 0: none */
    const char *family;   /* of fonts: GF_SERIF or GF_SANS */
    gf_about about;
    gf_item *item;
    size_t items, room;
    size_t depth; /* groups open */
    bool failed;  /* out of memory */
    bool misused; /* a mistake in the program */
} gf_scene;

/* An empty scene of width by height points, white, serif. */
void gf_scene_init(gf_scene *scene, double width, double height);
void gf_scene_clear(gf_scene *scene);

/* Sets one of the texts of scene->about: copies and sanitises it, as rich
 * texts are but without their limit (64 KiB); NULL takes it away.
 *
 *     gf_scene_say(&scene, &scene.about.title, "...");
 */
void gf_scene_say(gf_scene *scene, char **field, const char *text);

/* Opens a group inside the innermost open one; title may be NULL. What is
 * added until it is shut belongs to it. */
void gf_scene_open(gf_scene *scene, const char *id, const char *class,
                   const char *title);

/* Clips what the group just opened holds; to be called before anything is
 * added to it. */
void gf_scene_clip(gf_scene *scene, gf_box clip);
void gf_scene_shut(gf_scene *scene);

/* Each adds one item to the innermost open group, to be painted over all that
 * came before. An empty path or text adds nothing. */
void gf_scene_stroke(gf_scene *scene, const gf_path *path,
                     const gf_stroke *stroke);
void gf_scene_fill(gf_scene *scene, const gf_path *path, const gf_fill *fill);
void gf_scene_marker(gf_scene *scene, const gf_marker *marker);
void gf_scene_arrow(gf_scene *scene, const gf_arrow *arrow);
void gf_scene_label(gf_scene *scene, const gf_rich *rich,
                    const gf_label *label);

/* GF_OK for a scene that can be painted; GF_MEMORY, GF_INTERNAL (misused, a
 * group still open, an id twice), GF_ARGUMENT for a page that is not finite,
 * not positive or beyond 14400 points. */
GF_CHECKED gf_status gf_scene_check(const gf_scene *scene, gf_error *error);

/* The first group of that id, or NULL; for tests. */
const gf_group *gf_scene_group(const gf_scene *scene, const char *id);

/* The place on the page of a point x to the right of the start of the baseline
 * of a label of that width, and y below it. */
gf_vec2 gf_label_point(const gf_label *label, double width, double x, double y);

/* The box of a label on the page (turned labels: the box of the turned box),
 * without its halo. */
gf_box gf_label_box(const gf_label *label, const gf_rich *rich,
                    const gf_typesetter *typesetter);

/* Adds the outlines of a label's letters on the page; the typesetter must have
 * them. */
void gf_label_outline(gf_path *path, const gf_label *label, const gf_rich *rich,
                      const gf_typesetter *typesetter);

/* The box of a marker on the page, with its halo. */
gf_box gf_marker_box(const gf_marker *marker);

/* The outline of an arrowhead. */
void gf_arrow_path(gf_path *path, const gf_arrow *arrow);

/* A marker is areas over one another, from the bottom up: halo, outline,
 * inside, dot. */
enum { GF_MARKER_LAYERS = 4 };

typedef struct gf_layer {
    gf_colour colour;
    double radius; /* of a disc round the marker's point; 0: see path */
    gf_path path;
} gf_layer;

/* Gives as many layers as the marker needs and returns how many. The caller
 * clears the path of all of them. */
size_t gf_marker_layers(gf_layer layer[GF_MARKER_LAYERS],
                        const gf_marker *marker);

/* The lines of 45 degrees, so far from one another, that fill the inside (by
 * the even-odd rule) of a path: each a move and a line. */
void gf_hatch(gf_path *lines, const gf_path *path, double distance);

#endif
