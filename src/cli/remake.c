/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/remake.h"

#include <stdlib.h>
#include <string.h>

/* Do two texts "NAME=VALUE" set the same name? */
static bool same_name(const char *a, const char *b)
{
    size_t n = strcspn(a, "=");

    return n == strcspn(b, "=") && memcmp(a, b, n) == 0;
}

static size_t collect(const char **out, const gf_options *options,
                      const char *const *set, size_t set_count)
{
    size_t count = 0;

    for (size_t i = 0; i < options->count; i++) {
        bool is_hidden = options->use[i].option != GF_OPTION_SET;
        for (size_t k = 0; k < set_count && !is_hidden; k++)
            is_hidden = same_name(options->use[i].value, set[k]);
        if (!is_hidden)
            out[count++] = options->use[i].value;
    }
    for (size_t k = 0; k < set_count; k++)
        out[count++] = set[k];
    return count;
}

gf_settings gf_settings_of(const gf_options *options)
{
    return (gf_settings){
        .speed = gf_options_value(options, GF_OPTION_SPEED),
        .link = gf_options_value(options, GF_OPTION_LINK),
        .gauge = gf_options_value(options, GF_OPTION_GAUGE),
        .domain = gf_options_value(options, GF_OPTION_DOMAIN),
    };
}

gf_status gf_make_field(gf_field **out, const gf_options *options,
                        const gf_settings *settings, gf_error *error)
{
    const char *variant = gf_options_value(options, GF_OPTION_VARIANT);
    const char *path = gf_options_value(options, GF_OPTION_FIELD);
    const char *const f[] = {
        gf_options_value(options, GF_OPTION_F1),
        gf_options_value(options, GF_OPTION_F2),
        gf_options_value(options, GF_OPTION_F3),
    };
    const char *const velocity[] = {
        gf_options_value(options, GF_OPTION_DU),
        gf_options_value(options, GF_OPTION_DV),
    };

    if (variant)
        return gf_field_find(out, variant, settings, error);
    if (path)
        return gf_field_read(out, path, settings, error);
    if (f[0])
        return gf_field_pointwise(out, f, settings, error);
    return gf_field_planar(out, velocity, settings, error);
}

gf_status gf_remake(gf_field **out, const char *const *set, size_t set_count,
                    const char *speed, const void *ctx, gf_error *error)
{
    const gf_call *call = ctx;
    const gf_options *options = call->options;
    const char **all = calloc(options->count + set_count + 1, sizeof *all);

    if (!all)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    gf_settings settings = gf_settings_of(options);
    settings.set = all;
    settings.set_count = collect(all, options, set, set_count);
    settings.speed = speed ? speed : settings.speed;
    gf_status status = gf_make_field(out, options, &settings, error);
    free(all);
    return status;
}
