/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/picture.h"

#include <stdlib.h>

/* clang-format off */
const struct poptOption gf_portrait_table[] = {
    GF_INCLUDE(gf_field_table, "Choosing a field:"),
    GF_INCLUDE(gf_picture_table, "The figure:"),
    GF_INCLUDE(gf_common_table, "Everywhere:"),
    POPT_TABLEEND
};
/* clang-format on */

/* One panel for each field. */
static int add_panels(gf_plate *plate, gf_picture_room *room,
                      const gf_choice *choice, const gf_call *call)
{
    for (size_t i = 0; i < choice->count; i++) {
        gf_plate_panel *panel = gf_plate_add(plate, choice->all[i]);
        int exit_status;
        if (!panel)
            return gf_complain(call, GF_EXIT_USAGE,
                               "a figure has at most %d panels",
                               GF_PAGE_PANELS);
        exit_status = gf_picture_panel(panel, &room[i], call);
        if (exit_status)
            return exit_status;
    }
    return GF_EXIT_ANSWERED;
}

int gf_cmd_portrait(const gf_call *call)
{
    gf_choice choice;
    gf_plate plate;
    gf_picture_room *room = NULL;

    int exit_status = gf_picture_look(&plate, call);
    if (exit_status)
        return exit_status;
    exit_status = gf_choose(&choice, call);
    if (!exit_status) {
        room = calloc(choice.count + 1, sizeof *room);
        exit_status = room ? add_panels(&plate, room, &choice, call)
                           : gf_complain(call, GF_EXIT_FAILED, "out of memory");
    }
    if (!exit_status)
        exit_status = gf_picture_write(&plate, call);
    for (size_t i = 0; room && i < choice.count; i++)
        gf_picture_room_clear(&room[i]);
    free(room);
    gf_choice_clear(&choice);
    return exit_status;
}
