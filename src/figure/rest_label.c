/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of rest points: coordinates and eigenvalues, where there is room. */
#include <math.h>
#include <stdlib.h>

#include "figure/ink.h"
#include "figure/portrait_draw.h"

enum { DIGITS = 3, LINES = 2, MOST = 12 };

static const double thick = 6, thin = 0.25, solid = 200,
                    hatched = 0.1;           /* weights of ink */
static const double pulls[] = {3, 1, 0.3};   /* towards the point */
static const double edge = 3, padding = 1.5; /* pt */

typedef struct label {
    gf_rich line[LINES];
    gf_extent extent[LINES];
    size_t count;
    gf_vec2 size;
    double leading;
} label;

static void add_eigenvalues(gf_rich *text, const gf_spectrum *s)
{
    bool same = s->re[0] == s->re[1] && s->im[0] == 0;

    gf_rich_math(text, "\\lambda = ");
    if (s->im[0] != 0) {
        if (fabs(s->re[0]) > 1e-12 * fabs(s->im[0]))
            gf_rich_number(text, s->re[0], DIGITS);
        gf_rich_math(text, fabs(s->re[0]) > 1e-12 * fabs(s->im[0]) ? " \\pm "
                                                                   : "\\pm");
        if (fabs(fabs(s->im[0]) - 1) > 5e-4)
            gf_rich_number(text, fabs(s->im[0]), DIGITS);
        gf_rich_add(text, GF_ITALIC, "i");
        return;
    }
    gf_rich_number(text, s->re[0], DIGITS);
    if (same)
        return;
    gf_rich_add(text, GF_UPRIGHT, ", ");
    gf_rich_number(text, s->re[1], DIGITS);
}

/* A zero that came out of arithmetic. */
static double rounded(double x, double size)
{
    return fabs(x) < 1e-12 * size ? 0 : x;
}

static void write_label(label *l, const gf_portrait *p, size_t i, double size,
                        const gf_typesetter *typesetter)
{
    const gf_rest_point *point = &p->c->point[p->rest_index[i]];
    const gf_range *w = p->view.window;

    for (int k = 0; k < LINES; k++)
        gf_rich_init(&l->line[k]);
    gf_rich_add(&l->line[0], GF_UPRIGHT, "(");
    gf_rich_number(&l->line[0], rounded(point->at.x, w[0].hi - w[0].lo),
                   DIGITS);
    gf_rich_add(&l->line[0], GF_UPRIGHT, ", ");
    gf_rich_number(&l->line[0], rounded(point->at.y, w[1].hi - w[1].lo),
                   DIGITS);
    gf_rich_add(&l->line[0], GF_UPRIGHT, ")");
    l->count = 1;
    if (point->smooth) {
        add_eigenvalues(&l->line[1], &point->spectrum);
        l->count = 2;
    }
    l->size = (gf_vec2){0, 0};
    l->leading = 1.15 * size;
    for (size_t k = 0; k < l->count; k++) {
        l->extent[k] = gf_rich_measure(&l->line[k], size, typesetter);
        l->size.x = fmax(l->size.x, l->extent[k].width);
    }
    l->size.x += 2 * padding;
    l->size.y = l->leading * (double)(l->count - 1) + l->extent[0].ascent +
                l->extent[l->count - 1].descent + 2 * padding;
}

/* --- room -------------------------------------------------------------- */

static void add_ink(gf_ink *ink, const gf_curves *curves, double weight)
{
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < curves->count; i++) {
        gf_path_reset(&path);
        gf_path_polyline(&path, curves->item[i].at, curves->item[i].count);
        gf_ink_path(ink, &path, weight);
    }
    gf_path_clear(&path);
}

static gf_box round_point(gf_vec2 p, double by)
{
    return (gf_box){p.x - by, p.y - by, p.x + by, p.y + by};
}

static void spill(gf_ink *ink, const gf_portrait *p, double marker,
                  const gf_box *taken, size_t count)
{
    for (int i = 0; i < 2; i++)
        add_ink(ink, &p->nullcline[i], thick);
    add_ink(ink, &p->stable, thick);
    add_ink(ink, &p->unstable, thick);
    add_ink(ink, &p->region, thick);
    add_ink(ink, &p->streamlines, thin);
    for (size_t i = 0; i < p->trajectory_count; i++) {
        add_ink(ink, &p->trajectory[i].part, thick);
        gf_ink_box(ink, round_point(p->trajectory[i].start, 2), solid);
        for (size_t k = 0; k < p->trajectory[i].heads.count; k++)
            gf_ink_box(ink, round_point(p->trajectory[i].heads.item[k].at, 3),
                       thick);
    }
    for (size_t i = 0; i < p->rest_count; i++)
        gf_ink_box(ink, round_point(p->rest[i], marker + 1.5), solid);
    for (size_t i = 0; i < count; i++)
        gf_ink_box(ink, taken[i], solid);
    gf_ink_box(ink, p->unphysical, hatched);
    gf_ink_sum(ink);
}

static bool is_free(gf_box box, const gf_portrait *p, double marker,
                    const gf_box *taken, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (gf_box_overlap(box, taken[k]))
            return false;
    for (size_t k = 0; k < p->rest_count; k++)
        if (gf_box_overlap(box, round_point(p->rest[k], marker)))
            return false;
    return true;
}

/* Where a label goes; false if it would cover a marker or another label. */
static gf_status find_room(gf_box *box, bool *found, const gf_portrait *p,
                           size_t i, const label *l, double marker,
                           const gf_box *taken, size_t count, gf_error *error)
{
    gf_ink ink;
    gf_vec2 at;
    gf_status status =
        gf_ink_init(&ink, gf_box_grow(p->view.box, -edge), error);

    if (status)
        return status;
    spill(&ink, p, marker, taken, count);
    for (size_t k = 0; k < sizeof pulls / sizeof pulls[0] && !*found; k++) {
        if (gf_ink_room(&at, &ink, l->size, p->rest[i], pulls[k]) == INFINITY)
            break;
        *box = (gf_box){at.x, at.y, at.x + l->size.x, at.y + l->size.y};
        /* a label that hides more than it tells is left out */
        *found = gf_ink_in(&ink, *box) < 0.5 * thick * l->size.x &&
                 is_free(*box, p, marker, taken, count);
    }
    gf_ink_clear(&ink);
    return GF_OK;
}

/* --- drawing ----------------------------------------------------------- */

static void draw_leader(gf_scene *scene, const gf_theme *theme, gf_vec2 p,
                        gf_box box, double marker)
{
    gf_vec2 to = {fmin(fmax(p.x, box.x0), box.x1),
                  fmin(fmax(p.y, box.y0), box.y1)};
    double far = gf_vec2_far(p, to);
    gf_stroke stroke = gf_theme_hairline(theme);
    gf_path path;

    if (far < marker + 5)
        return;
    stroke.colour = theme->ink;
    stroke.width = 0.4 * theme->scale;
    gf_path_init(&path);
    gf_path_move(&path,
                 gf_vec2_along(p, (marker + 0.6) / far, gf_vec2_less(to, p)));
    gf_path_line(&path, to);
    gf_scene_stroke(scene, &path, &stroke);
    gf_path_clear(&path);
}

static void draw_label(gf_scene *scene, const gf_theme *theme, const label *l,
                       gf_box box, double size)
{
    gf_fill ground = {.colour = theme->ground};
    double baseline = box.y0 + padding + l->extent[0].ascent;
    gf_path path;

    /* paper under the text, so that it is read and not deciphered */
    ground.colour.a = 215;
    gf_path_init(&path);
    gf_path_box(&path, gf_box_grow(box, -padding / 2));
    gf_scene_fill(scene, &path, &ground);
    gf_path_clear(&path);
    for (size_t k = 0; k < l->count; k++) {
        gf_label text = gf_theme_label(
            theme,
            (gf_vec2){box.x0 + padding, baseline + l->leading * (double)k},
            size);
        gf_scene_label(scene, &l->line[k], &text);
    }
}

gf_status gf_rest_labels_draw(gf_scene *scene, const gf_portrait *p,
                              const gf_theme *theme, double size,
                              const gf_typesetter *typesetter, gf_error *error)
{
    gf_box *taken = malloc((p->rest_count + 1) * sizeof *taken);
    double marker = 3.4 * theme->scale;
    size_t count = 0;
    gf_status status = GF_OK;

    if (!taken)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    /* of many points none is told apart by its label */
    for (size_t i = 0;
         status == GF_OK && p->rest_count <= MOST && i < p->rest_count; i++) {
        bool found = false;
        gf_box box;
        label l;
        write_label(&l, p, i, size, typesetter);
        status = find_room(&box, &found, p, i, &l, marker, taken, count, error);
        if (status == GF_OK && found) {
            draw_leader(scene, theme, p->rest[i], box, marker);
            draw_label(scene, theme, &l, box, size);
            taken[count++] = box;
        }
        for (int k = 0; k < LINES; k++)
            gf_rich_clear(&l.line[k]);
    }
    free(taken);
    return status;
}
