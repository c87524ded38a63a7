/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that come from elsewhere, over portraits. */
#include <stdio.h>
#include <string.h>

#include "figure/curve.h"
#include "figure/plate.h"

static const double thin = 0.7; /* of a trajectory's width */

/* Dashes would be lost where a run goes to and fro. */
static gf_stroke stroke_of(const gf_plate *plate, const gf_plate_track *track)
{
    gf_stroke stroke = gf_theme_orbit(plate->theme, track->series);

    stroke.width *= thin;
    return stroke;
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
        draw_line(scene, frame, track, &stroke);
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
            entry->sample = GF_SAMPLE_LINE;
            entry->stroke = stroke_of(plate, track);
            gf_rich_markup(&entry->text, track->name);
        }
}
