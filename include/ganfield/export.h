/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The marks that a declaration of the library may carry.
 *
 * GF_PUBLIC: the symbol is part of the shared library; all others are hidden.
 * GF_CHECKED: the result must not be dropped (every gf_status is so marked).
 * GF_PRINTF(f, a): argument f is a printf format for the arguments from a on.
 */
#ifndef GANFIELD_EXPORT_H
#define GANFIELD_EXPORT_H

#if defined(__GNUC__)
#define GF_PUBLIC __attribute__((visibility("default")))
#define GF_CHECKED __attribute__((warn_unused_result))
#define GF_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define GF_PUBLIC
#define GF_CHECKED
#define GF_PRINTF(f, a)
#endif

#endif
