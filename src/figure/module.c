/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The painter module. */
#include "figure/module.h"

#include "base/module.h"

/* What to install where something is missing. */
#define REMEDY                                                                 \
    "PNG, PDF and outlined SVG need Cairo and Pango (on Debian: apt-get "      \
    "install libcairo2 libpangocairo-1.0-0); SVG with text does not"

gf_status gf_module_load(const gf_module **out, gf_error *error)
{
    const void *table = NULL;
    gf_status status = gf_module_open(&table, "painter_cairo.so",
                                      "gf_painter_module", REMEDY, error);

    if (status)
        return status;
    const gf_module *module = table;
    if (module->scene_size != sizeof(gf_scene) ||
        module->item_size != sizeof(gf_item))
        return gf_error_set(error, GF_READ,
                            "the module 'painter_cairo.so' is not that of "
                            "ganfield %s: install both together",
                            GF_VERSION);
    *out = module;
    return GF_OK;
}
