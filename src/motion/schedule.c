/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that change with time: expressions in t and n. */
#include <ganfield/optimizer.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of its tape: so few that each evaluation has its own. */
enum { SLOTS_MAX = 512 };

struct gf_schedule {
    gf_graph *graph;
    gf_tape *tape;
    char *text;
};

static gf_status compile(gf_schedule *s, gf_error *error)
{
    gf_expr in[2] = {gf_expr_symbol(s->graph, "t"),
                     gf_expr_symbol(s->graph, "n")};
    gf_expr h = GF_EXPR_NONE;
    gf_scope scope;

    gf_scope_init(&scope, s->graph);
    gf_status status = gf_scope_add(&scope, "t", in[0], error);
    if (!status)
        status = gf_scope_add(&scope, "n", in[1], error);
    if (!status)
        status = gf_expr_parse(&h, &scope, s->text, error);
    if (!status)
        status = gf_tape_new(&s->tape, s->graph, &h, 1, in, 2, error);
    gf_scope_clear(&scope);
    return status;
}

gf_status gf_schedule_new(gf_schedule **out, const char *text, gf_error *error)
{
    gf_schedule *s = calloc(1, sizeof *s);

    *out = NULL;
    if (s) {
        s->graph = gf_graph_new();
        s->text = strdup(text);
    }
    if (!s || !s->graph || !s->text) {
        gf_schedule_free(s);
        return gf_error_set(error, GF_MEMORY, "out of memory");
    }
    gf_status status = compile(s, error);
    if (!status && gf_tape_slots(s->tape) > SLOTS_MAX)
        status = gf_error_set(error, GF_LIMIT, "the schedule is too long");
    if (status)
        gf_schedule_free(s);
    else
        *out = s;
    return status;
}

void gf_schedule_free(gf_schedule *s)
{
    if (!s)
        return;
    gf_tape_free(s->tape);
    gf_graph_free(s->graph);
    free(s->text);
    free(s);
}

double gf_schedule_at(const gf_schedule *s, double t, size_t n)
{
    double in[2] = {t, (double)n}, out = NAN, work[SLOTS_MAX];

    gf_tape_at(&out, s->tape, in, work);
    return out;
}

gf_status gf_schedule_last(double *out, const gf_schedule *s, size_t steps,
                           gf_error *error)
{
    double t = 0, last = 0;

    for (size_t n = 0; n < steps; n++) {
        double h = gf_schedule_at(s, t, n);
        gf_status status = gf_schedule_check(h, t, n, error);
        if (status)
            return status;
        last = h > 0 ? h : last;
        t += h;
    }
    *out = last;
    return last > 0 ? GF_OK
                    : gf_error_set(error, GF_ARGUMENT,
                                   "no step of the schedule is > 0");
}

gf_status gf_schedule_check(double h, double t, size_t n, gf_error *error)
{
    if (h >= 0 && isfinite(h))
        return GF_OK;
    return gf_error_set(error, GF_ARGUMENT,
                        "the schedule's step at t = %g, n = %zu is %g; it "
                        "must be >= 0",
                        t, n, h);
}

const char *gf_schedule_text(const gf_schedule *s)
{
    return s->text;
}
