/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Modules: shared objects with what is heavy to load, found and opened when
 * they are needed (src/module).  Each exports one table, whose first member is
 * the version of the program that it was built with.
 *
 *     const void *table;
 *     status = gf_module_open(&table, "hdf5.so", "gf_hdf5_module",
 *                             "HDF5 files need ...", error);
 */
#ifndef GANFIELD_BASE_MODULE_H
#define GANFIELD_BASE_MODULE_H

#include <ganfield/status.h>

/* Searched for are: the folder that GANFIELD_MODULE_DIR says and nothing else;
 * or the build tree, beside an installed program that was moved, and where it
 * was installed.  GF_READ says what is missing and, with `remedy`, how to come
 * by it; GF_MEMORY.  A module once opened stays open. */
GF_CHECKED gf_status gf_module_open(const void **table, const char *file,
                                    const char *symbol, const char *remedy,
                                    gf_error *error);

#endif
