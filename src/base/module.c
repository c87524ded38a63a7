/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/module.h"

#include "base/text.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER_VARIABLE "GANFIELD_MODULE_DIR"

/* What is looked for. */
typedef struct wanted {
    const char *file, *symbol, *remedy;
} wanted;

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
static bool candidate(gf_text *out, size_t i, const char *file,
                      const char *said, const char *program)
{
    gf_text_cut(out, 0);
    if (said) {
        gf_text_addf(out, "%s/%s", said, file);
        return i < 1;
    }
    if (i == 0)
        gf_text_addf(out, "%smodule/%s", program, file);
    else if (i == 1)
        gf_text_addf(out, "%s../" GF_LIBDIR "/ganfield/%s", program, file);
    else
        gf_text_addf(out, GF_MODULE_DIR "/%s", file);
    return i < 3;
}

/* Calls what a module holds only where both were built together. */
static gf_status check(const void **out, void *handle, const char *path,
                       const wanted *w, gf_error *error)
{
    const void *table = dlsym(handle, w->symbol);
    const char *version = NULL;

    if (table)
        memcpy(&version, table, sizeof version);
    if (!version || strcmp(version, GF_VERSION) != 0) {
        dlclose(handle);
        return gf_error_set(error, GF_READ,
                            "the module '%s' is not that of ganfield %s: "
                            "install both together",
                            path, GF_VERSION);
    }
    *out = table;
    return GF_OK;
}

static gf_status load(const void **out, const char *path, const wanted *w,
                      gf_error *error)
{
    /* Some libraries, as GLib, cannot be unloaded. */
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

    if (handle)
        return check(out, handle, path, w, error);
    const char *reason = dlerror();
    return gf_error_set(error, GF_READ, "cannot load '%s': %s; %s", path,
                        reason ? reason : "unknown reason", w->remedy);
}

gf_status gf_module_open(const void **table, const char *file,
                         const char *symbol, const char *remedy,
                         gf_error *error)
{
    const char *said = getenv(FOLDER_VARIABLE);
    wanted w = {file, symbol, remedy};
    char program[PATH_MAX];
    gf_text path;
    gf_status status = GF_OK;
    bool found = false;

    gf_text_init(&path);
    program_folder(program);
    for (size_t i = 0; !found && candidate(&path, i, file, said, program);
         i++) {
        if (path.failed)
            break;
        found = access(path.data, F_OK) == 0;
        if (found)
            status = load(table, path.data, &w, error);
    }
    if (path.failed)
        status = gf_error_set(error, GF_MEMORY, "out of memory");
    else if (!found)
        status = gf_error_set(
            error, GF_READ, "there is no module '%s' in '%s'%s; %s", file,
            said ? said : GF_MODULE_DIR,
            said ? " (" FOLDER_VARIABLE ")" : " (or " FOLDER_VARIABLE ")",
            remedy);
    gf_text_clear(&path);
    return status;
}
