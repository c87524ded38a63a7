/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader sees of the portrait of every variant of the catalogue, with
   all layers: nothing lies on what it should not, and curves meet where they
   must. */
#include <math.h>
#include <string.h>

#include "figure/plate.h"
#include "harness.h"

static const double pt = 0.2; /* what is called exact on the page */

typedef struct sheet {
    gf_field *field;
    gf_classification c;
    gf_plate plate;
    gf_portrait portrait;
    gf_scene scene;
} sheet;

/* All layers; the regions of forms, whose proofs take most of the time, of one
   variant only but in the long run. */
static unsigned layers_of(const char *name)
{
    unsigned all = (1U << GF_FEATURE_COUNT) - 1;
    unsigned forms = 1U << GF_FEATURE_REGION_F | 1U << GF_FEATURE_REGION_V;

    return is_long_run() || strcmp(name, "lsgan") == 0 ? all : all & ~forms;
}

static void draw(sheet *s, const char *name, const char *size_name)
{
    gf_size size;
    gf_error error;
    gf_plate_panel *panel;

    ck_assert_int_eq(gf_field_find(&s->field, name, NULL, NULL), GF_OK);
    gf_classification_init(&s->c);
    ck_assert_int_eq(gf_classify(&s->c, s->field, NULL, NULL), GF_OK);
    ck_assert_int_eq(gf_size_read(&size, size_name, NULL), GF_OK);
    gf_plate_init(&s->plate, &size, &gf_themes[0]);
    panel = gf_plate_add(&s->plate, &s->c);
    panel->layers = layers_of(name);
    ck_assert_msg(gf_plate_compose(&s->scene, &s->plate,
                                   gf_typesetter_builtin(GF_SERIF), NULL,
                                   &error) == GF_OK,
                  "%s: %s", name, error.message);
}

static void clear(sheet *s)
{
    gf_scene_clear(&s->scene);
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
}

/* --- the scene --------------------------------------------------------- */

/* What the items of a scene belong to: the classes of their groups. */
typedef struct walk {
    const gf_scene *scene;
    size_t i, depth;
    const gf_group *group[16];
} walk;

/* The next item of a kind; NULL at the end. */
static const gf_item *next(walk *w, gf_item_kind kind)
{
    while (w->i < w->scene->items) {
        const gf_item *item = &w->scene->item[w->i++];
        if (item->kind == GF_ITEM_OPEN)
            w->group[w->depth++] = &item->as.group;
        else if (item->kind == GF_ITEM_SHUT)
            w->depth--;
        else if (item->kind == kind)
            return item;
    }
    return NULL;
}

static bool is_in(const walk *w, const char *class)
{
    for (size_t i = 0; i < w->depth; i++)
        if (strcmp(w->group[i]->class, class) == 0)
            return true;
    return false;
}

static gf_box frame_of(const gf_scene *scene)
{
    const gf_group *stream = gf_scene_group(scene, "stream");

    ck_assert_ptr_nonnull(stream);
    ck_assert(stream->clipped);
    return stream->clip;
}

static gf_box arrow_box(const gf_arrow *arrow)
{
    gf_path path;
    gf_box box;

    gf_path_init(&path);
    gf_arrow_path(&path, arrow);
    box = gf_path_bounds(&path);
    gf_path_clear(&path);
    return box;
}

typedef struct boxes {
    gf_box item[512];
    size_t count;
} boxes;

static void add_box(boxes *b, gf_box box)
{
    ck_assert_uint_lt(b->count, 512);
    b->item[b->count++] = box;
}

/* The first box of b that shares more than `slack` with a box; NULL: none. */
static const gf_box *touched(const boxes *b, gf_box box, double slack)
{
    for (size_t i = 0; i < b->count; i++)
        if (gf_box_overlap(gf_box_grow(b->item[i], -slack),
                           gf_box_grow(box, -slack)))
            return &b->item[i];
    return NULL;
}

/* Labels inside of the frame, and the rest points' markers. */
static void collect(boxes *labels, boxes *markers, const gf_scene *scene)
{
    walk w = {.scene = scene};
    const gf_item *item;

    labels->count = markers->count = 0;
    while ((item = next(&w, GF_ITEM_LABEL)))
        if (is_in(&w, "labels"))
            add_box(labels, gf_label_box(&item->as.label, &item->rich,
                                         gf_typesetter_builtin(GF_SERIF)));
    w = (walk){.scene = scene};
    while ((item = next(&w, GF_ITEM_MARKER)))
        if (is_in(&w, "rest"))
            add_box(markers, gf_marker_box(&item->as.marker));
}

static void check_labels(const sheet *s, const boxes *labels,
                         const boxes *markers, const char *name)
{
    gf_box frame = frame_of(&s->scene);
    boxes before = {.count = 0};

    for (size_t i = 0; i < labels->count; i++) {
        gf_box box = labels->item[i];
        ck_assert_msg(box.x0 >= frame.x0 && box.x1 <= frame.x1 &&
                          box.y0 >= frame.y0 && box.y1 <= frame.y1,
                      "%s: label %zu is out of the frame", name, i);
        ck_assert_msg(!touched(&before, box, 0.8),
                      "%s: label %zu lies on another", name, i);
        ck_assert_msg(!touched(markers, box, 0.5),
                      "%s: label %zu lies on a marker", name, i);
        add_box(&before, box);
    }
}

static void check_heads(const sheet *s, const boxes *labels,
                        const boxes *markers, const char *name)
{
    gf_box frame = frame_of(&s->scene);
    walk w = {.scene = &s->scene};
    const gf_item *item;
    size_t count = 0;

    while ((item = next(&w, GF_ITEM_ARROW))) {
        gf_box box = arrow_box(&item->as.arrow);
        if (is_in(&w, "legend"))
            continue;
        count++;
        ck_assert_msg(box.x0 >= frame.x0 && box.x1 <= frame.x1 &&
                          box.y0 >= frame.y0 && box.y1 <= frame.y1,
                      "%s: a head is out of the frame", name);
        ck_assert_msg(!touched(markers, box, 0),
                      "%s: the head at %g %g lies on a marker", name, box.x0,
                      box.y0);
        ck_assert_msg(!is_in(&w, "stream") || !touched(labels, box, 0.3),
                      "%s: the head at %g %g lies under a label", name, box.x0,
                      box.y0);
    }
    ck_assert_uint_ge(count, 5);
}

/* All that is drawn inside of the frame is clipped to it. */
static void check_clips(const sheet *s, const char *name)
{
    gf_box frame = frame_of(&s->scene);

    for (size_t i = 0; i < s->scene.items; i++) {
        const gf_item *item = &s->scene.item[i];
        if (item->kind != GF_ITEM_OPEN || !item->as.group.clipped)
            continue;
        gf_box clip = item->as.group.clip;
        ck_assert_msg(clip.x0 == frame.x0 && clip.x1 == frame.x1 &&
                          clip.y0 == frame.y0 && clip.y1 == frame.y1,
                      "%s: %s is not clipped to the frame", name,
                      item->as.group.id);
    }
}

START_TEST(test_nothing_lies_on_what_it_should_not)
{
    static const char *const sizes[] = {"icml", "neurips"};

    for (size_t i = 0; i < gf_catalog_count(); i++)
        for (size_t k = 0; k < (i % 4 ? 1 : 2); k++) {
            static boxes labels, markers;
            const char *name = gf_catalog_name(i);
            sheet s;
            draw(&s, name, sizes[k]);
            collect(&labels, &markers, &s.scene);
            check_labels(&s, &labels, &markers, name);
            check_heads(&s, &labels, &markers, name);
            check_clips(&s, name);
            clear(&s);
        }
}
END_TEST

/* --- curves ------------------------------------------------------------ */

static void open_portrait(sheet *s, const char *name, unsigned layers)
{
    gf_portrait_plan plan;

    ck_assert_int_eq(gf_field_find(&s->field, name, NULL, NULL), GF_OK);
    gf_classification_init(&s->c);
    ck_assert_int_eq(gf_classify(&s->c, s->field, NULL, NULL), GF_OK);
    plan =
        (gf_portrait_plan){.c = &s->c,
                           .window = {s->field->window[0], s->field->window[1]},
                           .box = {30, 30, 250, 190},
                           .layers = layers,
                           .separation = 6,
                           .marker = 3.4,
                           .start = s->field->start,
                           .start_count = s->field->start_count};
    ck_assert_int_eq(gf_portrait_make(&s->portrait, &plan, NULL), GF_OK);
}

static void close_portrait(sheet *s)
{
    gf_portrait_clear(&s->portrait);
    gf_classification_clear(&s->c);
    gf_field_free(s->field);
}

static double far_from(const gf_curves *curves, gf_vec2 p)
{
    double least = INFINITY;

    for (size_t i = 0; i < curves->count; i++) {
        const gf_curve *c = &curves->item[i];
        size_t segments = c->closed ? c->count : c->count - 1;
        for (size_t k = 0; k < segments; k++)
            least = fmin(
                least, gf_segment_far(p, c->at[k], c->at[(k + 1) % c->count]));
    }
    return least;
}

START_TEST(test_nullclines_cross_at_the_rest_points)
{
    size_t count = 0;

    for (size_t i = 0; i < gf_catalog_count(); i++) {
        sheet s;
        open_portrait(&s, gf_catalog_name(i),
                      1U << GF_FEATURE_NULLCLINES | 1U << GF_FEATURE_REST);
        for (size_t k = 0; k < s.portrait.rest_count; k++) {
            const gf_rest_point *point = &s.c.point[s.portrait.rest_index[k]];
            for (int axis = 0; axis < 2 && point->smooth; axis++) {
                double far =
                    far_from(&s.portrait.nullcline[axis], s.portrait.rest[k]);
                if (s.portrait.flat[axis].steps > 0)
                    continue;
                ck_assert_msg(far < pt,
                              "%s: nullcline %d passes the rest point (%g, "
                              "%g) at %g pt",
                              gf_catalog_name(i), axis, point->at.x,
                              point->at.y, far);
                count++;
            }
        }
        close_portrait(&s);
    }
    ck_assert_uint_ge(count, 60);
}
END_TEST

/* Runs of fields whose energy is constant come back to where they began. */
START_TEST(test_closed_orbits_close)
{
    size_t count = 0;

    for (size_t i = 0; i < gf_catalog_count(); i++) {
        sheet s;
        open_portrait(&s, gf_catalog_name(i), gf_features_default());
        bool closes = s.c.has_energy && s.c.energy.first_integral == GF_YES;
        for (size_t k = 0; closes && k < s.portrait.trajectory_count; k++) {
            const gf_portrait_run *run = &s.portrait.trajectory[k];
            const gf_curve *c = &run->part.item[0];
            ck_assert_msg(run->end.cycles, "%s: run %zu does not come back",
                          gf_catalog_name(i), k);
            if (run->part.count > 1) /* it leaves the window in between */
                continue;
            ck_assert_msg(c->closed, "%s: run %zu is open", gf_catalog_name(i),
                          k);
            ck_assert_double_lt(gf_vec2_far(c->at[0], run->start), 1e-9);
            ck_assert_double_lt(
                gf_segment_far(run->start, c->at[c->count - 1], c->at[1]), pt);
            count++;
        }
        for (size_t k = 0; closes && k < s.portrait.streamlines.count; k++) {
            const gf_curve *c = &s.portrait.streamlines.item[k];
            bool inside =
                gf_box_depth(s.portrait.view.box, c->at[0]) > 1 &&
                gf_box_depth(s.portrait.view.box, c->at[c->count - 1]) > 1;
            ck_assert_msg(c->closed || !inside, "%s: streamline %zu is an arc",
                          gf_catalog_name(i), k);
            count += c->closed;
        }
        close_portrait(&s);
    }
    ck_assert_uint_ge(count, 10);
}
END_TEST

/* Each point of a level has the energy that it says. */
START_TEST(test_energy_levels_are_levels)
{
    static const char *const names[] = {"classic", "wgan", "lsgan", "hinge"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheet s;
        gf_levels levels;
        gf_error error;
        open_portrait(&s, names[i],
                      1U << GF_FEATURE_NULLCLINES | 1U << GF_FEATURE_REST);
        gf_curves drawn;
        gf_curves_init(&drawn);
        ck_assert_int_eq(
            gf_levels_init(&levels, &s.portrait.view, &s.c, &error), GF_OK);
        gf_levels_draw(&drawn, &levels, 0.05);
        ck_assert_uint_ge(drawn.count, 1);
        for (size_t c = 0; c < drawn.count; c++)
            for (size_t k = 0; k < drawn.item[c].count; k++) {
                gf_vec2 p = gf_view_data(&s.portrait.view, drawn.item[c].at[k]);
                ck_assert_double_lt(fabs(gf_levels_at(&levels, p) - 0.05),
                                    1e-6);
            }
        gf_levels_clear(&levels);
        gf_curves_clear(&drawn);
        close_portrait(&s);
    }
}
END_TEST

int main(void)
{
    return RUN_TESTS("figure/geometry", test_nothing_lies_on_what_it_should_not,
                     test_nullclines_cross_at_the_rest_points,
                     test_closed_orbits_close, test_energy_levels_are_levels);
}
