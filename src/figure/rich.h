/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text of a figure: runs of one style each.
 *
 *     gf_rich name;
 *     gf_rich_init(&name);
 *     gf_rich_markup(&name, "generator output $p_g$");
 *     ...
 *     gf_rich_clear(&name);
 *
 * What comes in is made fit to be drawn: broken UTF-8 becomes U+FFFD, control
 * and formatting characters go, line ends become spaces, and a text is cut
 * after GF_RICH_MOST bytes (with an ellipsis). So a painter never sees text
 * that a library would abort on. A failed allocation is remembered.
 */
#ifndef GANFIELD_FIGURE_RICH_H
#define GANFIELD_FIGURE_RICH_H

#include "base/text.h"
#include "figure/path.h"

#include <stdbool.h>
#include <stddef.h>

enum { GF_RICH_MOST = 2000 };

/* How a run is set: any of these together, but not both of the last two. */
typedef enum gf_style {
    GF_UPRIGHT = 0,
    GF_ITALIC = 1,
    GF_BOLD = 2,
    GF_SUBSCRIPT = 4,
    GF_SUPERSCRIPT = 8
} gf_style;

typedef struct gf_run {
    size_t start, length; /* bytes of the rich text's text */
    unsigned style;       /* gf_style flags */
} gf_run;

typedef struct gf_rich {
    gf_text text; /* UTF-8 */
    gf_run *run;
    size_t runs, room;
    bool failed;
} gf_rich;

void gf_rich_init(gf_rich *rich);
void gf_rich_clear(gf_rich *rich);

/* Adds text in one style, as it stands. */
void gf_rich_add(gf_rich *rich, unsigned style, const char *utf8);

/* The same of length bytes. */
void gf_rich_add_n(gf_rich *rich, unsigned style, const char *utf8,
                   size_t length);

/* Adds printf's text (up to 511 bytes), upright. */
void gf_rich_addf(gf_rich *rich, const char *format, ...) GF_PRINTF(2, 3);

/* Adds mathematics, as between the $ of the markup below. */
void gf_rich_math(gf_rich *rich, const char *math);

/* Adds text in which $...$ is mathematics:
 * - letters are italic and digits upright, functions (log exp max ...) too;
 *   2e-08 is a number with a power of ten;
 * - a hyphen is a minus sign;
 * - _ lowers and ^ raises what follows: a name, a number, or {...};
 * - a name that is Greek's becomes the letter (theta, \theta);
 * - \pm \cdot \times \le \ge \ne \approx \to \infty \partial are signs.
 * A $ that is never closed stands for itself. */
void gf_rich_markup(gf_rich *rich, const char *markup);

/* Adds a number as a figure shows it, to so many significant digits: a minus
 * sign for the hyphen, and 2 x 10^5 with the exponent raised. */
void gf_rich_number(gf_rich *rich, double x, int digits);

/* Adds all of another text. */
void gf_rich_append(gf_rich *rich, const gf_rich *other);

/* The text without its styles, for alt texts and tests; *rich owns it. */
const char *gf_rich_plain(const gf_rich *rich);

/* Width, and height above and below the baseline, in points. */
typedef struct gf_extent {
    double width, ascent, descent;
} gf_extent;

/* What measures text: the painter module's (exact for the fonts that are
 * there) or the builtin one. */
typedef struct gf_typesetter gf_typesetter;
struct gf_typesetter {
    /* The extent of length bytes in one style at a font size of size points
     * (lowering and raising are not the typesetter's). */
    gf_extent (*measure)(const gf_typesetter *self, const char *utf8,
                         size_t length, unsigned style, double size);

    /* Adds the letters' outlines, with the baseline from the origin to the
     * right; NULL where a typesetter knows widths only. */
    void (*outline)(gf_path *path, const gf_typesetter *self, const char *utf8,
                    size_t length, unsigned style, double size);
};

/* The two families of fonts. */
#define GF_SERIF "serif"
#define GF_SANS "sans"

/* Measures by the widths of Times or Helvetica, without any library; what is
 * in neither is guessed. */
const gf_typesetter *gf_typesetter_builtin(const char *family);

/* How runs lie on the line: font size of a run set at size, and by how much
 * its baseline is lowered (negative: raised). */
double gf_run_size(const gf_run *run, double size);
double gf_run_drop(const gf_run *run, double size);

/* The extent of the whole text set at a font size of size points. */
gf_extent gf_rich_measure(const gf_rich *rich, double size,
                          const gf_typesetter *typesetter);

#endif
