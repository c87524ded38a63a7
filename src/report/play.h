/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GANFIELD_REPORT_PLAY_H
#define GANFIELD_REPORT_PLAY_H

#include "base/text.h"

#include <ganfield/play.h>

/* A column of a run: its name in CSV and JSON, and where it is in a
 * gf_course_row. */
typedef struct gf_play_column {
    const char *name;
    size_t offset;
} gf_play_column;

extern const gf_play_column gf_play_columns[];
extern const size_t gf_play_column_count;

double gf_play_cell(const gf_course_row *row, const gf_play_column *column);

/* The JSON document of a play. */
void gf_play_record(gf_text *out, const gf_play *play);

#endif
