/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GANFIELD_REPORT_PLAY_H
#define GANFIELD_REPORT_PLAY_H

#include "base/text.h"

#include <ganfield/play.h>

/* The JSON document of a play. */
void gf_play_record(gf_text *out, const gf_play *play);

#endif
