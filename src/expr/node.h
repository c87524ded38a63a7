/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The graph as the files of this layer see it.
 *
 * A node is an operator with arguments that are older nodes.  Sums and
 * products are n-ary and flat; a difference is a sum with a factor -1, a
 * quotient a product with a power -1, so that every text has one node and
 * every node one text.  A product's numeric factors are folded into one
 * rational that stands first.
 */
#ifndef GF_EXPR_NODE_H
#define GF_EXPR_NODE_H

#include <ganfield/expr.h>

#include <flint/fmpq.h>

typedef enum gf_op {
    GF_OP_NONE,
    GF_OP_NUMBER,
    GF_OP_SYMBOL,
    GF_OP_PI,
    GF_OP_INF,
    GF_OP_ADD,
    GF_OP_MUL,
    GF_OP_POW,
    GF_OP_EXP,
    GF_OP_LOG,
    GF_OP_CBRT,
    GF_OP_SIN,
    GF_OP_COS,
    GF_OP_TAN,
    GF_OP_ASIN,
    GF_OP_ACOS,
    GF_OP_ATAN,
    GF_OP_SINH,
    GF_OP_COSH,
    GF_OP_TANH,
    GF_OP_ATANH,
    GF_OP_SIGMOID,
    GF_OP_SOFTPLUS,
    GF_OP_LOGIT,
    GF_OP_ERF,
    GF_OP_ERFC,
    GF_OP_GELU,
    GF_OP_ABS,
    GF_OP_SIGN,
    GF_OP_STEP,
    GF_OP_MIN,
    GF_OP_MAX,
    /* The rest occur on tapes only. */
    GF_OP_SUB,
    GF_OP_DIV,
    GF_OP_NEG,
    GF_OP_SQUARE,
    GF_OP_POWI,
    GF_OP_SQRT,
    GF_OP_LOG1P,
    GF_OP_EXPM1,
    GF_OP_LOG1MEXP, /* log(1 - exp(x)) */
    GF_OP_COUNT
} gf_op;

typedef struct gf_node {
    uint16_t op;
    uint8_t depth;
    bool symbolic;  /* contains a symbol */
    uint32_t count; /* of arguments */
    uint32_t first; /* into graph->arg; number or name for a leaf */
    uint32_t hash;
    uint32_t next;  /* in the same bucket */
    gf_expr simple; /* its simplified form, once known */
} gf_node;

struct gf_graph {
    gf_node *node;
    uint32_t node_count, node_capacity;
    gf_expr *arg;
    uint32_t arg_count, arg_capacity;
    fmpq *number;
    uint32_t number_count, number_capacity;
    char **name;
    uint32_t name_count, name_capacity;
    gf_expr *bucket;
    uint32_t bucket_count; /* a power of two */
    gf_status failure;
    uint32_t steps;      /* spent by the public call that is running */
    int calls;           /* of them, one inside another */
    uint32_t text_steps; /* spent by all texts that were read */
    bool approximate;    /* holds gauss(...): numbers that stand for others */
    struct gf_slope *slope; /* cached derivative templates, see derive.c */
    struct gf_rule *rule;   /* cached nodes and weights, see gauss.c */
};

/* A power of numbers is not evaluated when more bits than this would be
   needed, and a number of four times as many is refused. */
#define GF_NUMBER_BITS_MAX 4096
#define GF_NUMBER_DIGITS_MAX 4932
/* Arguments of all nodes together, and steps of one public call (a node made
   or visited, an argument copied), or of the reading of all texts: so no text
   costs much time. */
#define GF_ARGS_MAX 1000000u
#define GF_STEPS_MAX 3000000u

static inline gf_op gf_op_of(const gf_graph *graph, gf_expr e)
{
    return (gf_op)graph->node[e].op;
}

static inline size_t gf_arg_count(const gf_graph *graph, gf_expr e)
{
    return graph->node[e].count;
}

static inline gf_expr gf_arg(const gf_graph *graph, gf_expr e, size_t i)
{
    return graph->arg[graph->node[e].first + i];
}

static inline bool gf_is_symbolic(const gf_graph *graph, gf_expr e)
{
    return graph->node[e].symbolic;
}

static inline bool gf_is_number(const gf_graph *graph, gf_expr e)
{
    return gf_op_of(graph, e) == GF_OP_NUMBER;
}

/* The rational of a number node; valid until the next node is made. */
const fmpq *gf_number_of(const gf_graph *graph, gf_expr e);
const char *gf_name_of(const gf_graph *graph, gf_expr e);
bool gf_is_rational(const gf_graph *graph, gf_expr e, long num, long den);
bool gf_is_integer(const gf_graph *graph, gf_expr e);
/* Its value if e is an integer of at most `most` in size, else 0 and false. */
bool gf_small_integer(const gf_graph *graph, gf_expr e, long most, long *out);
/* -1, 0, 1 for a number node. */
int gf_number_sign(const gf_graph *graph, gf_expr e);

gf_expr gf_fail(gf_graph *graph, gf_status status);
/* Frames of what is counted as one call; the outermost counts. */
void gf_enter(gf_graph *graph);
void gf_leave(gf_graph *graph);
/* False, and the graph has failed, if too many steps are spent. */
bool gf_spend(gf_graph *graph, size_t steps);
/* Is a number of this size allowed in a graph? */
bool gf_is_bearable(const fmpq_t value);
gf_expr gf_number_q(gf_graph *graph, const fmpq_t value);
/* The node as it stands, no folding.  Copies args. */
gf_expr gf_node_make(gf_graph *graph, gf_op op, const gf_expr *arg,
                     size_t count);
/* Flat sums and products with folded numbers, powers with folded signs:
   the normal form of the parser. */
gf_expr gf_add(gf_graph *graph, const gf_expr *arg, size_t count);
gf_expr gf_mul(gf_graph *graph, const gf_expr *arg, size_t count);
gf_expr gf_pow(gf_graph *graph, gf_expr base, gf_expr exponent);
gf_expr gf_call1(gf_graph *graph, gf_op op, gf_expr a);
gf_expr gf_call2(gf_graph *graph, gf_op op, gf_expr a, gf_expr b);

/* A growable list of at most GF_EXPR_NODES_MAX nodes (small ones stay
   inside). */
typedef struct gf_list {
    gf_expr *item;
    size_t count, capacity;
    gf_expr inside[16];
} gf_list;

void gf_list_init(gf_list *list);
void gf_list_clear(gf_list *list);
void gf_list_add(gf_list *list, gf_graph *graph, gf_expr e);
/* Splits a term into rational coefficient (an initialised fmpq) and rest. */
gf_expr gf_split_coefficient(gf_graph *graph, fmpq_t coefficient, gf_expr e);
/* e times a rational. */
gf_expr gf_scale(gf_graph *graph, gf_expr e, const fmpq_t factor);

/* A total order on nodes by structure: numbers, constants, symbols in the
   order of their making, then powers, functions, sums. */
int gf_compare(const gf_graph *graph, gf_expr a, gf_expr b);

/* -e, simplified (e simplified). */
gf_expr gf_negated(gf_graph *graph, gf_expr e);
/* Does it print with a minus sign in front? */
bool gf_is_negative_form(const gf_graph *graph, gf_expr e);

/* Of the files simplify_*.c, for arguments that are simplified. */
gf_expr gf_simplify_call(gf_graph *graph, gf_op op, const gf_expr *arg,
                         size_t count);
gf_expr gf_simplify_exp(gf_graph *graph, gf_expr a);
gf_expr gf_simplify_add(gf_graph *graph, const gf_expr *arg, size_t count);
gf_expr gf_simplify_mul(gf_graph *graph, const gf_expr *arg, size_t count);
gf_expr gf_simplify_pow(gf_graph *graph, gf_expr base, gf_expr exponent);

/* Products of sums and small powers of sums multiplied out. */
gf_expr gf_expand(gf_graph *graph, gf_expr e);

/* A map over the graph below e: `leaf` may replace a node before its
   arguments are visited (return GF_EXPR_NONE to go on down). */
typedef gf_expr (*gf_leaf_fn)(gf_graph *graph, gf_expr e, const void *ctx);
gf_expr gf_rewrite(gf_graph *graph, gf_expr e, gf_leaf_fn leaf,
                   const void *ctx);
gf_expr gf_rebuild(gf_graph *graph, gf_op op, const gf_expr *arg, size_t count);
bool gf_expr_has_op(const gf_graph *graph, gf_expr e, bool (*is)(gf_op));
bool gf_is_kinked(gf_op op);

#endif
