/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/natural.h"

#include "base/nearest.h"
#include "base/number.h"
#include "kernel/gram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- outputs of a net -------------------------------------------------- */

static void fill_pass(double *j, void *ctx)
{
    gf_kernel_jacobian(j, ctx);
}

static void times_pass(double *out, const double *u, void *ctx)
{
    gf_pass_tangent(out, ctx, u, NULL);
}

static void transposed_pass(double *out, const double *w, void *ctx)
{
    gf_pass_backward(out, NULL, ctx, w);
}

static gf_status gram_pass(double *k, void *ctx, gf_error *error)
{
    const gf_pass *pass = ctx;
    gf_kernel_options options = {.threads = 1};

    return gf_kernel_gram(k, NULL, pass->net, &pass->batch, &options, error);
}

gf_jacobian gf_jacobian_of_pass(gf_pass *pass)
{
    return (gf_jacobian){.rows = pass->batch.count,
                         .columns = pass->net->shape.parameters,
                         .fill = fill_pass,
                         .times = times_pass,
                         .transposed = transposed_pass,
                         .gram = gram_pass,
                         .ctx = pass};
}

/* --- options ----------------------------------------------------------- */

static const char *const solver_names[] = {"auto", "cholesky", "woodbury",
                                           "cg"};
enum { SOLVERS = sizeof solver_names / sizeof *solver_names };

const char *gf_natural_solver_name(gf_natural_solver solver)
{
    return solver_names[solver];
}

void gf_natural_options_init(gf_natural_options *options)
{
    *options =
        (gf_natural_options){.damping = 1e-3, .tolerance = 1e-10, .threads = 1};
}

static gf_status check(const gf_natural_options *o, gf_error *error)
{
    if (!(o->damping >= 0) || !isfinite(o->damping))
        return gf_error_set(error, GF_ARGUMENT,
                            "damping=%g: must be at least 0", o->damping);
    if (!(o->momentum >= 0 && o->momentum < 1))
        return gf_error_set(error, GF_ARGUMENT,
                            "momentum=%g: must be in [0, 1)", o->momentum);
    if (!(o->tolerance > 0 && o->tolerance < 1))
        return gf_error_set(error, GF_ARGUMENT,
                            "tolerance=%g: must be in (0, 1)", o->tolerance);
    if (o->solver == GF_NATURAL_WOODBURY && !(o->damping > 0))
        return gf_error_set(error, GF_ARGUMENT,
                            "solver=woodbury divides by the damping, which "
                            "must be above 0");
    return GF_OK;
}

static gf_status read_solver(gf_natural_options *out, const char *text,
                             gf_error *error)
{
    for (int i = 0; i < SOLVERS; i++)
        if (strcmp(text, solver_names[i]) == 0) {
            out->solver = (gf_natural_solver)i;
            return GF_OK;
        }
    return gf_nearest_refuse(error, "solver", text, solver_names, SOLVERS);
}

static gf_status read_count(size_t *out, const char *name, double value,
                            gf_error *error)
{
    if (!(value >= 0 && value <= 1e9 && value == floor(value)))
        return gf_error_set(error, GF_ARGUMENT,
                            "%s=%g: must be a whole number of at most 1e9",
                            name, value);
    *out = (size_t)value;
    return GF_OK;
}

/* One "name=value", cut at the mark. */
static gf_status read_option(gf_natural_options *out, const char *name,
                             const char *text, gf_error *error)
{
    static const char *const names[] = {"damping", "momentum",  "solver",
                                        "samples", "tolerance", "iterations"};
    enum { COUNT = sizeof names / sizeof *names };
    double *const numbers[COUNT] = {&out->damping, &out->momentum,  NULL,
                                    NULL,          &out->tolerance, NULL};
    double value = 0;
    int i = 0;

    while (i < COUNT && strcmp(name, names[i]) != 0)
        i++;
    if (i == COUNT)
        return gf_nearest_refuse(error, "number of natural-gradient", name,
                                 names, COUNT);
    if (i == 2)
        return read_solver(out, text, error);
    if (gf_number_read(&value, text))
        return gf_error_set(error, GF_SYNTAX, "'%s' is no number", text);
    if (!numbers[i])
        return read_count(i == 3 ? &out->samples : &out->iterations, name,
                          value, error);
    *numbers[i] = value;
    return GF_OK;
}

gf_status gf_natural_parse(gf_natural_options *out, const char *text,
                           gf_error *error)
{
    gf_natural_options options;
    gf_status status = GF_OK;

    gf_natural_options_init(&options);
    while (*text && !status) {
        char part[64];
        size_t length = strcspn(text, ",");
        size_t kept = length < sizeof part ? length : sizeof part - 1;
        memcpy(part, text, kept);
        part[kept] = '\0';
        char *mark = strchr(part, '=');
        if (!mark)
            return gf_error_set(error, GF_SYNTAX,
                                "'%s': numbers are written name=value", part);
        *mark = '\0';
        status = read_option(&options, part, mark + 1, error);
        text += length + (text[length] == ',');
    }
    if (!status)
        status = check(&options, error);
    if (!status)
        *out = options;
    return status;
}

/* --- the store --------------------------------------------------------- */

static gf_natural_solver choose(const gf_natural_options *o, size_t parameters,
                                size_t rows)
{
    size_t least = parameters < rows ? parameters : rows;

    if (o->solver != GF_NATURAL_AUTO)
        return o->solver;
    if (o->damping > 0 ? least > GF_NATURAL_DENSE
                       : parameters > GF_NATURAL_DENSE)
        return GF_NATURAL_CG;
    return parameters <= rows || !(o->damping > 0) ? GF_NATURAL_CHOLESKY
                                                   : GF_NATURAL_WOODBURY;
}

/* Room for the vectors and, behind them, the square. */
static bool allocate(gf_natural *n)
{
    size_t p = n->parameters, m = n->most, side = 0;

    if (n->options.solver != GF_NATURAL_CG)
        side = n->options.solver == GF_NATURAL_CHOLESKY ? p : m;
    if (4.0 * (double)p + 3.0 * (double)m + (double)side * (double)side >
        (double)(SIZE_MAX / 2 / sizeof(double)))
        return false;
    n->block = calloc(4 * p + 3 * m + side * side, sizeof *n->block);
    if (!n->block)
        return false;
    for (size_t i = 0; i < 4; i++)
        n->work[i] = n->block + i * p;
    n->root = n->block + 4 * p;
    n->row[0] = n->root + m;
    n->row[1] = n->root + 2 * m;
    n->matrix = n->root + 3 * m;
    return true;
}

gf_status gf_natural_new(gf_natural **out, size_t parameters, size_t most_rows,
                         const gf_natural_options *options, gf_error *error)
{
    gf_status status = check(options, error);

    *out = NULL;
    if (status)
        return status;
    if (parameters == 0 || most_rows == 0)
        return gf_error_set(error, GF_ARGUMENT,
                            "a metric of no numbers or no samples");
    gf_natural *n = calloc(1, sizeof *n);
    if (!n || !gf_product_store_init(&n->store)) {
        free(n);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    n->options = *options;
    n->options.solver = choose(options, parameters, most_rows);
    n->parameters = parameters;
    n->most = most_rows;
    n->report = (gf_natural_report){n->options.solver, 0, NAN};
    if (!allocate(n)) {
        gf_natural_free(n);
        return gf_error_set(error, GF_MEMORY,
                            "out of memory for a metric of %zu numbers",
                            parameters);
    }
    *out = n;
    return GF_OK;
}

void gf_natural_free(gf_natural *natural)
{
    if (!natural)
        return;
    gf_product_store_clear(&natural->store);
    free(natural->dense);
    free(natural->block);
    free(natural);
}

gf_natural_report gf_natural_last(const gf_natural *natural)
{
    return natural->report;
}

/* --- directions -------------------------------------------------------- */

/* Room for J, where products or squares are made of it. */
static gf_status make_dense(gf_natural *n, const gf_jacobian *j,
                            gf_error *error)
{
    bool is_needed = !j->times || !j->transposed ||
                     n->options.solver == GF_NATURAL_CHOLESKY ||
                     (n->options.solver == GF_NATURAL_WOODBURY && !j->gram);

    if (!is_needed || n->dense)
        return GF_OK;
    if (n->most <= SIZE_MAX / sizeof(double) / n->parameters)
        n->dense = malloc(n->most * n->parameters * sizeof *n->dense);
    if (!n->dense)
        return gf_error_set(error, GF_MEMORY,
                            "out of memory for a Jacobian of %zu x %zu",
                            n->most, n->parameters);
    return GF_OK;
}

gf_status gf_natural_solve(double *out, gf_natural *n, const gf_jacobian *j,
                           const double *weight, const double *v,
                           gf_error *error)
{
    double *x = n->work[3];
    gf_status status;

    if (j->rows > n->most || j->columns != n->parameters)
        return gf_error_set(error, GF_LIMIT,
                            "a Jacobian of %zu x %zu where %zu x %zu is the "
                            "most",
                            j->rows, j->columns, n->most, n->parameters);
    status = make_dense(n, j, error);
    if (status)
        return status;
    for (size_t i = 0; i < j->rows; i++)
        n->root[i] = sqrt(weight ? weight[i] : 1 / (double)j->rows);
    n->report = (gf_natural_report){n->options.solver, 0, NAN};
    if (n->options.solver == GF_NATURAL_CHOLESKY)
        status = gf_natural_by_cholesky(x, n, j, v, error);
    else if (n->options.solver == GF_NATURAL_WOODBURY)
        status = gf_natural_by_woodbury(x, n, j, v, error);
    else
        gf_natural_by_gradients(x, n, j, v);
    if (!status)
        memcpy(out, x, n->parameters * sizeof *out);
    return status;
}
