/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GANFIELD_REPORT_TRAIN_H
#define GANFIELD_REPORT_TRAIN_H

#include "base/text.h"

#include <ganfield/trials.h>

/* The JSON document of trials. */
void gf_trials_record(gf_text *out, const gf_trials *trials);

#endif
