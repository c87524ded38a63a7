/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that come from elsewhere, over portraits. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure/curve.h"
#include "figure/plate.h"

static const double thin = 0.7; /* of a trajectory's width */

/* In points before the theme's scale, and opacities, of a run that is more
   noise than way. */
static const double hairline = 0.4, speck = 0.8, rough = 0.5;
enum { HAIR_OPACITY = 110, SPECK_OPACITY = 150 };

/* Dashes would be lost where a run goes to and fro. */
static gf_stroke stroke_of(const gf_plate *plate, const gf_plate_track *track)
{
    gf_stroke stroke = gf_theme_orbit(plate->theme, track->series);

    stroke.width *= thin;
    return stroke;
}

/* Is the run more noise than way? The mean cosine of its turns, in parts of the
   window, is near 1 where it is smooth, 0 for steps that do not depend on each
   other, and below 0 for places that do not. */
static bool is_rough(const gf_plate_panel *panel, const gf_plate_track *track)
{
    double width = panel->window[0].hi - panel->window[0].lo;
    double height = panel->window[1].hi - panel->window[1].lo, sum = 0;
    size_t turns = 0;

    for (size_t i = 2; i < track->count; i++) {
        const gf_vec2 *at = &track->at[i];
        gf_vec2 before = gf_vec2_less(at[-1], at[-2]);
        gf_vec2 after = gf_vec2_less(at[0], at[-1]);
        double size = hypot(before.x / width, before.y / height) *
                      hypot(after.x / width, after.y / height);
        if (!(size > 0) || !isfinite(size))
            continue;
        turns++;
        sum += (before.x * after.x / (width * width) +
                before.y * after.y / (height * height)) /
               size;
    }
    return sum < rough * (double)turns;
}

/* Where it was each time, so that it is seen where it was most. */
static gf_marker speck_of(const gf_plate *plate, const gf_plate_track *track)
{
    gf_marker marker =
        gf_theme_marker(plate->theme, GF_MARKER_DOT, (gf_vec2){0, 0});

    marker.radius = speck * plate->theme->scale;
    marker.halo = 0;
    marker.colour = stroke_of(plate, track).colour;
    marker.colour.a = SPECK_OPACITY;
    return marker;
}

static void draw_specks(gf_scene *scene, const gf_plate *plate,
                        const gf_frame *frame, const gf_plate_track *track)
{
    gf_marker marker = speck_of(plate, track);

    for (size_t i = 0; i < track->count; i++) {
        marker.at = gf_frame_page(frame, track->at[i]);
        if (gf_vec2_finite(marker.at) && gf_box_has(frame->box, marker.at))
            gf_scene_marker(scene, &marker);
    }
}

static void draw_line(gf_scene *scene, const gf_frame *frame,
                      const gf_plate_track *track, const gf_stroke *stroke)
{
    bool is_begun = false;
    gf_path path;

    gf_path_init(&path);
    for (size_t i = 0; i < track->count; i++) {
        gf_vec2 at = gf_frame_page(frame, track->at[i]);
        if (gf_vec2_finite(at) && is_begun)
            gf_path_line(&path, at);
        else if (gf_vec2_finite(at))
            gf_path_move(&path, at);
        is_begun = gf_vec2_finite(at);
    }
    gf_scene_stroke(scene, &path, stroke);
    gf_path_clear(&path);
}

static void draw_run(gf_scene *scene, const gf_plate *plate,
                     const gf_plate_panel *panel, const gf_frame *frame,
                     const gf_plate_track *track)
{
    gf_stroke stroke = stroke_of(plate, track);

    if (is_rough(panel, track)) {
        stroke.width = hairline * plate->theme->scale;
        stroke.colour.a = HAIR_OPACITY;
        draw_line(scene, frame, track, &stroke);
        draw_specks(scene, plate, frame, track);
    } else {
        draw_line(scene, frame, track, &stroke);
    }
}

/* So that ends are told apart without colour. */
static const gf_marker_kind end_of[] = {GF_MARKER_SQUARE, GF_MARKER_UNKNOWN,
                                        GF_MARKER_DIAMOND, GF_MARKER_RING};
enum { ENDS = sizeof end_of / sizeof *end_of };

static void draw_end(gf_scene *scene, const gf_plate *plate,
                     const gf_frame *frame, gf_marker_kind kind, gf_vec2 at,
                     gf_colour colour)
{
    gf_marker marker =
        gf_theme_marker(plate->theme, kind, gf_frame_page(frame, at));

    marker.colour = colour;
    if (gf_vec2_finite(marker.at) && gf_box_has(frame->box, marker.at))
        gf_scene_marker(scene, &marker);
}

void gf_plate_draw_tracks(gf_scene *scene, const gf_page *page,
                          const gf_plate *plate, size_t i)
{
    const gf_plate_panel *panel = &plate->panel[i];
    const gf_frame *frame = &page->panel[i].frame;

    for (size_t k = 0; k < panel->tracks; k++) {
        const gf_plate_track *track = &panel->track[k];
        gf_stroke stroke = stroke_of(plate, track);
        size_t last = track->count;
        char id[40];
        snprintf(id, sizeof id, "track-%zu-%zu", i + 1, k + 1);
        gf_scene_open(scene, id, "track", track->name);
        gf_scene_clip(scene, frame->box);
        draw_run(scene, plate, panel, frame, track);
        while (last > 0 && !gf_vec2_finite(track->at[last - 1]))
            last--;
        if (last > 0) {
            draw_end(scene, plate, frame, GF_MARKER_DOT, track->at[0],
                     stroke.colour);
            draw_end(scene, plate, frame, end_of[track->series % ENDS],
                     track->at[last - 1], stroke.colour);
        }
        gf_scene_shut(scene);
    }
}

static bool is_named(const gf_plate *plate, size_t panel, size_t track)
{
    const char *name = plate->panel[panel].track[track].name;

    for (size_t p = 0; p <= panel; p++)
        for (size_t k = 0; k < (p < panel ? plate->panel[p].tracks : track);
             k++) {
            const char *other = plate->panel[p].track[k].name;
            if (other && strcmp(other, name) == 0)
                return true;
        }
    return false;
}

void gf_plate_legend_tracks(gf_page *page, const gf_plate *plate)
{
    for (size_t p = 0; p < plate->count; p++)
        for (size_t k = 0; k < plate->panel[p].tracks; k++) {
            const gf_plate_track *track = &plate->panel[p].track[k];
            gf_entry *entry = track->name && !is_named(plate, p, k)
                                  ? gf_page_entry(page)
                                  : NULL;
            if (!entry)
                continue;
            entry->sample = is_rough(&plate->panel[p], track) ? GF_SAMPLE_MARKER
                                                              : GF_SAMPLE_LINE;
            entry->stroke = stroke_of(plate, track);
            entry->marker = speck_of(plate, track);
            entry->marker.radius *= 2;
            gf_rich_markup(&entry->text, track->name);
        }
}
