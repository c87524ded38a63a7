/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the options of a figure ask of one panel. */
#include "cli/amount.h"
#include "cli/motion.h"
#include "cli/picture.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 200, MOST_TEXT = 256 };

/* --- numbers in text --------------------------------------------------- */

/* Where a mark stands outside of parentheses, or the end. */
static size_t mark_at(const char *text, char mark)
{
    size_t i = 0;
    int depth = 0;

    for (; text[i] && !(text[i] == mark && depth <= 0); i++)
        depth += (text[i] == '(') - (text[i] == ')');
    return i;
}

/* A copy without blanks round it, and without parentheses that hold all of it;
 * false for a text that is too long. */
static bool copy_bare(char out[static MOST_TEXT], const char *text)
{
    size_t length;

    text += strspn(text, " ");
    length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (length > 1 && text[0] == '(' && mark_at(text + 1, ')') == length - 2) {
        text++;
        length -= 2;
    }
    if (length >= MOST_TEXT)
        return false;
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

/* Two numbers with a mark between them; *is_two false if there are not two. */
static int read_two(double two[2], bool *is_two, const gf_call *call,
                    int option, const char *text, char mark)
{
    char copy[MOST_TEXT];
    size_t at;
    int exit_status;

    *is_two = copy_bare(copy, text) && copy[mark_at(copy, mark)];
    if (!*is_two)
        return GF_EXIT_ANSWERED;
    at = mark_at(copy, mark);
    copy[at++] = '\0';
    *is_two = copy[at + mark_at(copy + at, mark)] == '\0';
    if (!*is_two)
        return GF_EXIT_ANSWERED;
    exit_status =
        gf_amount_read_text(&two[0], call, option, copy + strspn(copy, " "));
    return exit_status
               ? exit_status
               : gf_amount_read_text(&two[1], call, option,
                                     copy + at + strspn(copy + at, " "));
}

/* --- window, layers, starts -------------------------------------------- */

static int read_window(gf_plate_panel *panel, const gf_call *call,
                       const char *text)
{
    char copy[MOST_TEXT];
    bool is_two = copy_bare(copy, text) && copy[mark_at(copy, ',')];
    int exit_status = GF_EXIT_ANSWERED;

    if (is_two) {
        char *second = copy + mark_at(copy, ',');
        const char *part[2] = {copy, second + 1};
        *second = '\0';
        for (int i = 0; i < 2 && !exit_status && is_two; i++) {
            double ends[2] = {0, 0};
            exit_status =
                read_two(ends, &is_two, call, GF_OPTION_WINDOW, part[i], ':');
            panel->window[i] = (gf_range){ends[0], ends[1], true, true};
        }
    }
    if (exit_status || is_two)
        return exit_status;
    return gf_complain(call, GF_EXIT_USAGE,
                       "'--window %s': must be two ranges, as 0:1,-0.2:1.2",
                       text);
}

static int change_layers(gf_plate_panel *panel, const gf_call *call,
                         const gf_use *use)
{
    gf_feature feature = gf_feature_find(use->value);

    if (feature == GF_FEATURE_COUNT)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'%s': no layer of a portrait; 'ganfield portrait "
                           "-h' names them",
                           use->value);
    if (use->option == GF_OPTION_SHOW)
        panel->layers |= 1U << feature;
    else
        panel->layers &= ~(1U << feature);
    return GF_EXIT_ANSWERED;
}

static int add_start(gf_plate_panel *panel, gf_picture_room *room,
                     const gf_call *call, const char *text)
{
    double p[2] = {0, 0};
    bool is_two;
    int exit_status;

    if (panel->start != room->start) {
        panel->start = room->start;
        panel->start_count = 0;
    }
    exit_status = read_two(p, &is_two, call, GF_OPTION_START, text, ',');
    if (exit_status)
        return exit_status;
    if (!is_two)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--start %s': must be two numbers, as 0.25,0.9",
                           text);
    room->start[panel->start_count++] = (gf_vec2){p[0], p[1]};
    return GF_EXIT_ANSWERED;
}

static int name_axes(gf_plate_panel *panel, gf_picture_room *room,
                     const gf_call *call, const char *text)
{
    char *comma;

    free(room->axes);
    room->axes = strdup(text);
    if (!room->axes)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    comma = strchr(room->axes, ',');
    if (!comma)
        return gf_complain(call, GF_EXIT_USAGE,
                           "'--axes %s': must be two names, as 'output "
                           "$D$,density $p_g$'",
                           text);
    *comma = '\0';
    panel->axis[0] = room->axes;
    panel->axis[1] = comma + 1 + strspn(comma + 1, " ");
    return GF_EXIT_ANSWERED;
}

/* --- optimizers -------------------------------------------------------- */

static const int of_maps[] = {GF_OPTION_STEP, GF_OPTION_STEPS, GF_OPTION_ORDER,
                              GF_OPTION_CRITIC_STEPS};

/* How all optimizers of a panel step. */
static int read_steps(gf_map_options *map, const gf_call *call)
{
    int exit_status;

    *map = (gf_map_options){.steps = STEPS};
    if (gf_options_count(call->options, GF_OPTION_STEP) == 0)
        return gf_complain(call, GF_EXIT_USAGE,
                           "how far does an optimizer step? give it by --step "
                           "H");
    exit_status = gf_amount_read_positive(&map->step, call, GF_OPTION_STEP);
    if (!exit_status)
        exit_status = gf_amount_read_count(&map->steps, call, GF_OPTION_STEPS,
                                           GF_PORTRAIT_STEPS);
    return exit_status
               ? exit_status
               : gf_motion_read_order(&map->order, &map->critic_steps, call);
}

static int add_map(gf_plate_panel *panel, gf_picture_room *room,
                   const gf_call *call, const char *text)
{
    gf_portrait_map *map;
    gf_error error;

    if (panel->map_count == GF_PORTRAIT_MAPS)
        return gf_complain(call, GF_EXIT_USAGE,
                           "a panel has at most %d optimizers",
                           GF_PORTRAIT_MAPS);
    map = &room->map[panel->map_count++];
    panel->map = room->map;
    gf_error_clear(&error);
    *map = (gf_portrait_map){.options = {.steps = 0}};
    if (gf_optimizer_parse(&map->optimizer, text, &error))
        return gf_complain_error(call, GF_EXIT_USAGE, &error);
    return read_steps(&map->options, call);
}

static int check_maps(const gf_plate_panel *panel, const gf_call *call)
{
    for (size_t i = 0;
         panel->map_count == 0 && i < sizeof of_maps / sizeof *of_maps; i++)
        if (gf_options_count(call->options, of_maps[i]) > 0)
            return gf_complain(call, GF_EXIT_USAGE,
                               "'--%s' goes with --optimizer only",
                               gf_options_name(call, of_maps[i]));
    return GF_EXIT_ANSWERED;
}

/* Where the rest points of a planar field are not proved to be all, more may
   be in a window that was asked for. */
static int look_again(gf_plate_panel *panel, gf_picture_room *room,
                      const gf_call *call)
{
    gf_classify_options options = {.window = panel->window};
    const gf_field *field = panel->c->field;
    gf_error error;

    if (field->kind != GF_PLANAR || panel->c->complete == GF_YES ||
        gf_options_count(call->options, GF_OPTION_WINDOW) == 0 ||
        !(panel->window[0].lo < panel->window[0].hi) ||
        !(panel->window[1].lo < panel->window[1].hi))
        return GF_EXIT_ANSWERED;
    gf_error_clear(&error);
    if (gf_classify(&room->seen, field, &options, &error))
        return gf_complain_error(call, GF_EXIT_FAILED, &error);
    panel->c = &room->seen;
    return GF_EXIT_ANSWERED;
}

/* --- all of them ------------------------------------------------------- */

static int apply(gf_plate_panel *panel, gf_picture_room *room,
                 const gf_call *call, const gf_use *use)
{
    switch (use->option) {
    case GF_OPTION_WINDOW:
        return read_window(panel, call, use->value);
    case GF_OPTION_SHOW:
    case GF_OPTION_HIDE:
        return change_layers(panel, call, use);
    case GF_OPTION_AXES:
        return name_axes(panel, room, call, use->value);
    case GF_OPTION_EQUAL:
        panel->equal = true;
        return GF_EXIT_ANSWERED;
    case GF_OPTION_START:
        return add_start(panel, room, call, use->value);
    case GF_OPTION_OPTIMIZER:
        return add_map(panel, room, call, use->value);
    default:
        return GF_EXIT_ANSWERED;
    }
}

int gf_picture_panel(gf_plate_panel *panel, gf_picture_room *room,
                     const gf_call *call)
{
    const gf_options *options = call->options;
    int exit_status = GF_EXIT_ANSWERED;

    room->start = calloc(options->count + 1, sizeof *room->start);
    if (!room->start)
        return gf_complain(call, GF_EXIT_FAILED, "out of memory");
    for (size_t i = 0; i < options->count && !exit_status; i++)
        exit_status = apply(panel, room, call, &options->use[i]);
    if (!exit_status)
        exit_status = check_maps(panel, call);
    return exit_status ? exit_status : look_again(panel, room, call);
}

void gf_picture_room_clear(gf_picture_room *room)
{
    free(room->start);
    free(room->axes);
    gf_classification_clear(&room->seen);
    *room = (gf_picture_room){.start = NULL};
}
