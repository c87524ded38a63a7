/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portraits under the marks of a board, and runs over them. */
#include <math.h>
#include <stdlib.h>

#include "figure/bezier.h"
#include "figure/board_draw.h"
#include "figure/plate.h"
#include "figure/streamline.h"

/* In points before the theme's scale: between streamlines of small panels,
 * round a rest point, beside a run, a head, from one to the next. */
static const double separation = 6.5, clear = 3.4, casing = 1, head = 6,
                    head_gap = 60;
/* Neighbours nearer than that on the page are one. */
static const double fine = 0.05;

/* --- the legend -------------------------------------------------------- */

static void add_run(gf_page *page, const gf_stroke *stroke,
                    const gf_theme *theme, const char *name)
{
    gf_entry *entry = name ? gf_page_entry(page) : NULL;

    if (!entry)
        return;
    entry->sample = GF_SAMPLE_START;
    entry->stroke = *stroke;
    entry->marker = gf_theme_marker(theme, GF_MARKER_DOT, (gf_vec2){0, 0});
    entry->marker.colour = stroke->colour;
    gf_rich_markup(&entry->text, name);
}

static unsigned layers(void)
{
    return gf_features_default() & ~(1U << GF_FEATURE_LABELS);
}

static void add_runs(gf_page *page, const gf_board *board,
                     const gf_board_panel *panel)
{
    gf_stroke ideal = gf_run_stroke(board->theme, 0, 0);

    if (panel->marks > 0) {
        gf_stroke run = gf_board_stroke(board, &panel->mark[0]);
        add_run(page, &run, board->theme, board->run);
    }
    add_run(page, &ideal, board->theme, board->ideal);
}

gf_status gf_board_add_legend(gf_page *page, const gf_board *board,
                              gf_error *error)
{
    gf_plate *plate = calloc(1, sizeof *plate);

    if (!plate)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_plate_init(plate, &board->size, board->theme);
    for (size_t i = 0; i < board->panels; i++) {
        const gf_board_panel *from = &board->panel[i];
        gf_plate_panel *panel = from->c ? gf_plate_add(plate, from->c) : NULL;
        if (!panel)
            continue;
        if (plate->count == 1)
            add_runs(page, board, from);
        panel->layers = layers() & ~(1U << GF_FEATURE_TRAJECTORIES);
        panel->window[0] = from->x;
        panel->window[1] = from->y;
    }
    if (plate->count > 0)
        gf_plate_legend(page, plate);
    free(plate);
    return GF_OK;
}

/* --- a portrait -------------------------------------------------------- */

gf_status gf_board_draw_portrait(gf_scene *scene, const gf_page *page,
                                 const gf_board *board, size_t i,
                                 gf_error *error)
{
    const gf_board_panel *panel = &board->panel[i];
    const gf_frame *frame = &page->panel[i].frame;
    double s = board->theme->scale;
    gf_portrait_plan plan = {
        .c = panel->c,
        .window = {{frame->low.x, frame->high.x, true, true},
                   {frame->low.y, frame->high.y, true, true}},
        .box = frame->box,
        .layers = layers(),
        .separation = fmin(board->size.separation, separation * s),
        .marker = clear * s,
        .start = &panel->start,
        .start_count = 1,
    };
    char id[] = "a-";
    gf_portrait_look look = {.theme = board->theme,
                             .id = id,
                             .size = page->small,
                             .typesetter = page->typesetter,
                             .speed = &page->scale};
    gf_portrait portrait;

    if (!panel->c)
        return GF_OK;
    id[0] = (char)('a' + i);
    gf_status status = gf_portrait_make(&portrait, &plan, error);
    if (status)
        return status;
    status = gf_portrait_draw(scene, &portrait, &look, error);
    gf_portrait_clear(&portrait);
    return status;
}

/* --- a run ------------------------------------------------------------- */

static void trace(gf_curves *out, const gf_board_panel *panel,
                  const gf_mark *mark, const gf_frame *frame)
{
    gf_curve curve;

    gf_curve_init(&curve);
    for (size_t i = 0; i <= mark->count; i++) {
        gf_vec2 p = {NAN, NAN};
        if (i < mark->count)
            p = gf_board_point(panel, mark, i);
        if (!gf_vec2_finite(p)) {
            gf_curve_clip(out, &curve, frame->box);
            curve.count = 0;
            continue;
        }
        p = gf_frame_page(frame, p);
        if (curve.count == 0 ||
            gf_vec2_far(p, curve.at[curve.count - 1]) > fine)
            gf_curve_add(&curve, p);
    }
    out->failed = out->failed || curve.failed;
    gf_curve_clear(&curve);
}

static void stroke_curves(gf_scene *scene, const gf_curves *curves,
                          const gf_stroke *stroke)
{
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < curves->count; i++) {
        gf_path_reset(&path);
        gf_path_fit(&path, &curves->item[i], GF_BEZIER_OFF);
        scene->failed = scene->failed || path.failed;
        gf_scene_stroke(scene, &path, stroke);
    }
    gf_path_clear(&path);
}

static void draw_heads(gf_scene *scene, const gf_curves *curves, double scale,
                       gf_box box, gf_colour colour)
{
    gf_head_plan plan = {
        .box = box, .clear = 4 * scale, .every = head_gap * scale};
    gf_heads heads = {0};

    gf_heads_place(&heads, curves, &plan);
    for (size_t i = 0; i < heads.count; i++) {
        gf_head h = heads.item[i];
        gf_arrow arrow = {gf_vec2_along(h.at, head * scale / 2, h.way), h.way,
                          head * scale, colour};
        gf_scene_arrow(scene, &arrow);
    }
    scene->failed = scene->failed || heads.failed;
    gf_heads_clear(&heads);
}

void gf_board_draw_run(gf_scene *scene, const gf_frame *frame,
                       const gf_board *board, const gf_board_panel *panel,
                       const gf_mark *mark)
{
    gf_stroke stroke = gf_board_stroke(board, mark), around = stroke;
    gf_marker start = gf_board_marker(
        board, mark, gf_frame_page(frame, gf_board_point(panel, mark, 0)));
    gf_curves curves;

    gf_curves_init(&curves);
    trace(&curves, panel, mark, frame);
    around.colour = board->theme->ground;
    around.width += casing * board->theme->scale;
    stroke_curves(scene, &curves, &around);
    stroke_curves(scene, &curves, &stroke);
    draw_heads(scene, &curves, board->theme->scale, frame->box, stroke.colour);
    if (gf_vec2_finite(start.at))
        gf_scene_marker(scene, &start);
    scene->failed = scene->failed || gf_curves_failed(&curves);
    gf_curves_clear(&curves);
}
