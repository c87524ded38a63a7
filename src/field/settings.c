/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options as parts of a draft. */
#include <string.h>

#include "expr/scope.h"
#include "field/draft.h"

static gf_status add(gf_passage *out, gf_draft *draft, const char *option,
                     const char *text, gf_error *error)
{
    gf_origin *origin =
        gf_origin_add(&draft->origins, NULL, option, text, strlen(text));

    if (!origin)
        return gf_error_set(error, GF_MEMORY, "out of memory");
    *out = gf_passage_all(origin);
    return GF_OK;
}

static bool is_given(const char *text)
{
    return text && *text;
}

gf_status gf_draft_functions(gf_draft *draft, gf_field_kind kind,
                             const char *const *texts, gf_error *error)
{
    static const char *const options[2][3] = {{"--f1", "--f2", "--f3"},
                                              {"--du", "--dv"}};
    gf_status status = GF_OK;

    draft->kind = kind;
    draft->ad_hoc = true;
    for (size_t i = 0; i < (kind == GF_PLANAR ? 2 : 3) && !status; i++) {
        gf_passage *place =
            kind == GF_PLANAR ? &draft->velocity[i] : &draft->f[i];
        if (!is_given(texts[i]))
            return gf_error_set(error, GF_ARGUMENT, "%s is missing",
                                options[kind][i]);
        status = add(place, draft, options[kind][i], texts[i], error);
    }
    return status;
}

static gf_status add_parameter(gf_draft *draft, const char *text,
                               gf_error *error)
{
    gf_passage whole;
    gf_entry entry;
    gf_status status = add(&whole, draft, "--set", text, error);

    if (status)
        return status;
    const char *chars = gf_passage_chars(whole);
    const char *sign = memchr(chars, '=', whole.length);
    size_t at = sign ? (size_t)(sign - chars) : 0;
    if (!sign)
        return gf_passage_fail(error, GF_ARGUMENT, whole, 0,
                               "expected NAME=VALUE");
    entry.key = gf_passage_part(whole, 0, at);
    entry.value = gf_passage_part(whole, at + 1, whole.length);
    const char *name = gf_passage_text(entry.key);
    if (entry.key.length == 0 || gf_name_length(name) != entry.key.length)
        return gf_passage_fail(error, GF_ARGUMENT, whole, 0,
                               "'%.60s' is not a name", name);
    if (entry.key.length > GF_NAME_MAX)
        return gf_passage_fail(error, GF_LIMIT, whole, 0,
                               "a name has at most %d characters", GF_NAME_MAX);
    if (gf_entries_find(&draft->set, name))
        return gf_passage_fail(error, GF_ARGUMENT, whole, 0,
                               "'%s' is set twice", name);
    return gf_entries_add(&draft->set, entry, GF_FIELD_PARAMETERS_MAX,
                          "parameters", error);
}

/* Which settings have no meaning for this field? */
static gf_status refuse(const gf_draft *draft, const gf_settings *settings,
                        gf_error *error)
{
    if (draft->kind == GF_PLANAR && is_given(settings->link))
        return gf_error_set(error, GF_ARGUMENT,
                            "--link is for pointwise fields, and this one is "
                            "planar");
    if (draft->kind == GF_PLANAR && is_given(settings->gauge))
        return gf_error_set(error, GF_ARGUMENT,
                            "--gauge is for pointwise fields, and this one is "
                            "planar");
    if (is_given(settings->domain) &&
        (!draft->ad_hoc || draft->kind == GF_PLANAR))
        return gf_error_set(error, GF_ARGUMENT,
                            "--domain is for a field given by --f1, --f2, "
                            "--f3; this one has its own");
    return GF_OK;
}

gf_status gf_draft_settings(gf_draft *draft, const gf_settings *settings,
                            gf_error *error)
{
    gf_status status;

    draft->file_link = draft->link;
    if (!settings)
        return GF_OK;
    status = refuse(draft, settings, error);
    for (size_t i = 0; i < settings->set_count && !status; i++)
        status = add_parameter(draft, settings->set[i], error);
    if (!status && is_given(settings->speed))
        status = add(&draft->speed, draft, "--speed", settings->speed, error);
    if (!status && is_given(settings->link))
        status = add(&draft->link, draft, "--link", settings->link, error);
    if (!status && is_given(settings->gauge))
        status = add(&draft->gauge, draft, "--gauge", settings->gauge, error);
    if (!status && is_given(settings->domain))
        status =
            add(&draft->d_range, draft, "--domain", settings->domain, error);
    return status;
}
