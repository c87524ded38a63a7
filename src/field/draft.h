/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A field before it is understood: which passage says what.  A field file and
 * the options of an ad hoc field both become a draft, and from it a field is
 * built.
 */
#ifndef GF_FIELD_DRAFT_H
#define GF_FIELD_DRAFT_H

#include <ganfield/field.h>

#include "field/passage.h"

/* A field file's size, and how many lines of a kind it may have. */
enum { GF_FILE_MAX = 1 << 20, GF_LETS_MAX = 128, GF_COORDINATES_MAX = 3 };

typedef struct gf_entry {
    gf_passage key, value;
} gf_entry;

typedef struct gf_entries {
    gf_entry *item;
    size_t count, capacity;
} gf_entries;

typedef struct gf_draft {
    gf_origin *origins;
    gf_field_kind kind;
    bool ad_hoc;       /* from options, not from a file */
    gf_passage header; /* of [field]: where a missing key is told */

    gf_passage title, source;
    gf_passage f[3], velocity[2];
    gf_passage link, gauge, rest;
    gf_passage axis[2], critic;
    gf_entries let;       /* no keys: "f(t) = ..." */
    gf_entries parameter; /* distinct keys */
    gf_entries domain;    /* keys: coordinates */
    gf_entries portrait;  /* keys: coordinates and start */

    /* From options. */
    gf_entries set; /* distinct keys */
    gf_passage speed;
    gf_passage d_range;   /* of D, for an ad hoc field */
    gf_passage file_link; /* the file's, also where `link` is an option's */
} gf_draft;

void gf_draft_clear(gf_draft *draft);

/* Entries up to a limit.  GF_LIMIT, placed; GF_MEMORY. */
gf_status gf_entries_add(gf_entries *entries, gf_entry entry, size_t most,
                         const char *what, gf_error *error) GF_CHECKED;
const gf_entry *gf_entries_find(const gf_entries *entries, const char *key);

/* Reads a field file into an empty draft, which is to be cleared also after a
   failure.  `file` must live as long as the draft. */
gf_status gf_draft_read(gf_draft *draft, const char *file, const char *text,
                        size_t length, gf_error *error) GF_CHECKED;
/* One KEY = VALUE of a section, whose number is as in gf_section_find. */
gf_status gf_draft_key(gf_draft *draft, int section, gf_entry entry,
                       gf_error *error) GF_CHECKED;
gf_status gf_draft_let(gf_draft *draft, int section, gf_passage definition,
                       gf_error *error) GF_CHECKED;
/* After the last key: is it one field, and whole? */
gf_status gf_draft_settle(gf_draft *draft, gf_error *error) GF_CHECKED;

enum { GF_SECTION_COUNT = 6 };

/* The number of a section, GF_SECTION_COUNT if there is none of the name. */
int gf_section_find(gf_passage name);
const char *gf_section_name(int section);
/* The section nearest to a name, or NULL. */
const char *gf_section_nearest(const char *name);
bool gf_section_is_field(int section);

/* An ad hoc field; texts[0..2] are f1, f2, f3 or [0..1] du, dv. */
gf_status gf_draft_functions(gf_draft *draft, gf_field_kind kind,
                             const char *const *texts,
                             gf_error *error) GF_CHECKED;
/* What a user changes; after everything else.  NULL is fine. */
gf_status gf_draft_settings(gf_draft *draft, const gf_settings *settings,
                            gf_error *error) GF_CHECKED;

#endif
