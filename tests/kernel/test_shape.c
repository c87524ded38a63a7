/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net's line: what it means, and what is wrong with it. */
#include "failing_malloc.h"
#include "harness.h"

#include <ganfield/net.h>
#include <string.h>

START_TEST(test_lines_say_what_they_mean)
{
    gf_net_shape s;

    ck_assert_int_eq(gf_net_parse(&s,
                                  "2-256-8-1:leaky-relu(0.1)/sin,bn-pre,"
                                  "residual,dropout(0.5),head=softplus,"
                                  "ntk(2,0.25),init=normal:0.5,seed=42",
                                  NULL),
                     GF_OK);
    ck_assert_uint_eq(s.layers, 3);
    ck_assert_uint_eq(s.size[0], 2);
    ck_assert_uint_eq(s.size[1], 256);
    ck_assert_uint_eq(s.size[3], 1);
    ck_assert_str_eq(s.activation[0]->name, "leaky-relu");
    ck_assert_double_eq(s.number[0], 0.1);
    ck_assert_str_eq(s.activation[1]->name, "sin");
    ck_assert_str_eq(gf_norm_name(s.norm), "bn-pre");
    ck_assert(s.is_residual && s.is_ntk);
    ck_assert_double_eq(s.dropout, 0.5);
    ck_assert_str_eq(gf_head_name(s.head), "softplus");
    ck_assert_double_eq(s.weight_variance, 2);
    ck_assert_double_eq(s.bias_variance, 0.25);
    ck_assert_str_eq(gf_init_rule_name(s.init), "normal");
    ck_assert_double_eq(s.sigma, 0.5);
    ck_assert_uint_eq(s.seed, 42);
    /* two affine maps with gain and shift, and the last */
    ck_assert_uint_eq(s.parameters, 256 * 3 + 512 + 8 * 257 + 16 + 9);
}
END_TEST

START_TEST(test_one_activation_serves_all_layers)
{
    gf_net_shape s;

    ck_assert_int_eq(gf_net_parse(&s, "1-2-3-4-1:leaky-relu", NULL), GF_OK);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_str_eq(s.activation[i]->name, "leaky-relu");
        ck_assert_double_eq(s.number[i], 0.2);
    }
    ck_assert_int_eq(gf_net_parse(&s, "3-1:identity", NULL), GF_OK);
    ck_assert_uint_eq(s.parameters, 4);
}
END_TEST

START_TEST(test_all_activations_are_known_by_name)
{
    for (size_t i = 0; i < gf_activation_count(); i++) {
        const gf_activation *row = gf_activation_row(i);
        ck_assert_ptr_eq(gf_activation_find(row->name), row);
        if (i > 0)
            ck_assert_int_lt(strcmp(gf_activation_row(i - 1)->name, row->name),
                             0);
    }
    ck_assert_ptr_null(gf_activation_find("relo"));
}
END_TEST

static const struct {
    const char *line;
    gf_status status;
    size_t column;
    const char *message;
} bad[] = {
    {"", GF_SYNTAX, 1, "a size belongs here"},
    {"1-0-1:relu", GF_ARGUMENT, 3, "a width must be at least 1"},
    {"1-64-1:rellu", GF_NAME, 8, "did you mean 'relu'?"},
    {"1-64-1:quadratic", GF_NAME, 8, "there are erf, gelu"},
    {"1-64-1", GF_SYNTAX, 7, "a '-' with a size or a ':'"},
    {"1:relu", GF_SYNTAX, 2, "two sizes at least"},
    {"1-64-2:relu", GF_ARGUMENT, 6, "the last size must be 1"},
    {"1-x-1:relu", GF_SYNTAX, 3, "a size belongs here"},
    {"1-64-1:relu,bn", GF_NAME, 13, "there are bn-pre, bn-post"},
    {"1-64-1:relu,batch", GF_NAME, 13, "there are bn-pre"},
    {"1-64-1:relu,bn-pro", GF_NAME, 13, "did you mean 'bn-pre'?"},
    {"1-64-1:relu,ln,wn", GF_ARGUMENT, 16, "one norm at most"},
    {"1-64-1:relu(0.1)", GF_SYNTAX, 12, "only leaky-relu has a number"},
    {"1-64-1:leaky-relu(x)", GF_SYNTAX, 19, "a finite number"},
    {"1-64-1:leaky-relu(inf)", GF_SYNTAX, 19, "a finite number"},
    {"1-64-1:relu/tanh", GF_ARGUMENT, 13, "more activations"},
    {"1-6-6-6-1:relu/tanh", GF_ARGUMENT, 11, "one for each"},
    {"1-64-1:relu,dropout(1)", GF_ARGUMENT, 20, "between 0 and 1"},
    {"1-64-1:relu,ntk(-1,0)", GF_ARGUMENT, 16, "must be > 0"},
    {"1-64-1:relu,head=tanh", GF_NAME, 18, "unknown head 'tanh'"},
    {"1-64-1:relu,init=hee", GF_NAME, 18, "did you mean 'he'?"},
    {"1-64-1:relu,init=normal:-1", GF_ARGUMENT, 25, "must be > 0"},
    {"1-64-1:relu,seed=x", GF_SYNTAX, 18, "a whole number"},
    {"1-64-1:relu tanh", GF_SYNTAX, 12, "the end"},
    {"1-31622-31622-1:relu", GF_LIMIT, 1, "1000077373 parameters"},
    {"1-99999999999999999999-1:relu", GF_LIMIT, 3, "at most 1000000"},
};

START_TEST(test_bad_lines_are_refused_at_their_place)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gf_net_shape s;
        gf_error error;
        gf_error_clear(&error);
        ck_assert_msg(gf_net_parse(&s, bad[i].line, &error) == bad[i].status,
                      "%s: %s", bad[i].line, error.message);
        ck_assert_msg(strstr(error.message, bad[i].message), "%s: %s",
                      bad[i].line, error.message);
        ck_assert_msg(error.column == bad[i].column, "%s: column %zu",
                      bad[i].line, error.column);
    }
}
END_TEST

START_TEST(test_nothing_is_allocated_for_a_bad_line)
{
    gf_net_shape s;
    size_t refused = 0;

    fail_nth_malloc(1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused += gf_net_parse(&s, bad[i].line, NULL) != GF_OK;
    size_t allocations = malloc_count();
    fail_nth_malloc(0);
    ck_assert_uint_eq(refused, sizeof bad / sizeof *bad);
    ck_assert_uint_eq(allocations, 0);
}
END_TEST

int main(void)
{
    return RUN_TESTS("kernel/shape", test_lines_say_what_they_mean,
                     test_one_activation_serves_all_layers,
                     test_all_activations_are_known_by_name,
                     test_bad_lines_are_refused_at_their_place,
                     test_nothing_is_allocated_for_a_bad_line);
}
