/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds and loads the painter module. */
#include "figure/module.h"

#include "base/text.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE "painter_cairo.so"
#define FOLDER_VARIABLE "GANFIELD_MODULE_DIR"

/* What to install where something is missing. */
#define REMEDY                                                                 \
    "PNG, PDF and outlined SVG need Cairo and Pango (on Debian: apt-get "      \
    "install libcairo2 libpangocairo-1.0-0); SVG with text does not"

/* The folder of the running program with its last slash; "" where the system
 * does not say. */
static void program_folder(char out[static PATH_MAX])
{
    ssize_t n = readlink("/proc/self/exe", out, PATH_MAX - 1);

    out[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(out, '/');
    if (slash)
        slash[1] = '\0';
    else
        out[0] = '\0';
}

/* The ith place where the module may be, in the order of the search: what the
 * environment says and nothing else; the build tree; beside an installed
 * program that was moved; where it was installed. */
static bool candidate(gf_text *out, size_t i, const char *said,
                      const char *program)
{
    gf_text_cut(out, 0);
    if (said) {
        gf_text_addf(out, "%s/" MODULE, said);
        return i < 1;
    }
    if (i == 0)
        gf_text_addf(out, "%smodule/" MODULE, program);
    else if (i == 1)
        gf_text_addf(out, "%s../" GF_LIBDIR "/ganfield/" MODULE, program);
    else
        gf_text_add(out, GF_MODULE_DIR "/" MODULE);
    return i < 3;
}

/* Calls what a module holds only where both were built together. */
static gf_status check(const gf_module **out, void *handle, const char *path,
                       gf_error *error)
{
    const gf_module *module = dlsym(handle, "gf_painter_module");

    if (!module || strcmp(module->version, GF_VERSION) != 0 ||
        module->scene_size != sizeof(gf_scene) ||
        module->item_size != sizeof(gf_item)) {
        dlclose(handle);
        return gf_error_set(error, GF_READ,
                            "the module '%s' is not that of ganfield %s: "
                            "install both together",
                            path, GF_VERSION);
    }
    *out = module;
    return GF_OK;
}

static gf_status load(const gf_module **out, const char *path, gf_error *error)
{
    /* GLib cannot be unloaded. */
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

    if (handle)
        return check(out, handle, path, error);
    const char *reason = dlerror();
    return gf_error_set(error, GF_READ, "cannot load '%s': %s; " REMEDY, path,
                        reason ? reason : "unknown reason");
}

gf_status gf_module_load(const gf_module **out, gf_error *error)
{
    const char *said = getenv(FOLDER_VARIABLE);
    char program[PATH_MAX];
    gf_text path;
    gf_status status = GF_OK;
    bool found = false;

    gf_text_init(&path);
    program_folder(program);
    for (size_t i = 0; !found && candidate(&path, i, said, program); i++) {
        if (path.failed)
            break;
        found = access(path.data, F_OK) == 0;
        if (found)
            status = load(out, path.data, error);
    }
    if (path.failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else if (!found)
        status = gf_error_set(
            error, GF_READ,
            "there is no module '" MODULE "' in '%s'%s; " REMEDY,
            said ? said : GF_MODULE_DIR,
            said ? " (" FOLDER_VARIABLE ")" : " (or " FOLDER_VARIABLE ")");
    gf_text_clear(&path);
    return status;
}
