/* The languages that model output is full of. */
#include "core/text/syntax.h"

#include "core/base/banned.h"

#define C_WORDS                                                                                                      \
    "auto break case char const continue default do double else enum extern float for goto if inline int long "      \
    "register "                                                                                                      \
    "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true " \
    "false NULL "
#define JAVASCRIPT_WORDS                                                                                              \
    "async await break case catch class const continue debugger default delete do else export extends false finally " \
    "for from function get if import in instanceof let new null of return set static super switch this throw true "   \
    "try "                                                                                                            \
    "typeof undefined var void while with yield "

const struct syntax syntax_table[] = {
    {"python py python3 py3 pycon ipython",
     "False None True and as assert async await break case class continue def del elif else except finally for from "
     "global if import in is lambda match nonlocal not or pass raise return try while with yield self",
     {"#", NULL},
     NULL,
     NULL,
     "\"'",
     SYNTAX_TRIPLE},
    {"c h", C_WORDS "_Bool _Generic _Static_assert", {"//", NULL}, "/*", "*/", "\"'", 0},
    {"cpp c++ cc cxx hpp arduino",
     C_WORDS "alignas alignof catch class concept constexpr const_cast decltype delete dynamic_cast explicit export "
             "final friend mutable namespace new noexcept nullptr operator override private protected public "
             "reinterpret_cast requires static_assert static_cast template this throw try typeid typename using "
             "virtual",
     {"//", NULL},
     "/*",
     "*/",
     "\"'",
     0},
    {"csharp cs c#",
     "abstract as async await base bool break byte case catch char class const continue decimal default delegate do "
     "double else enum event explicit extern false finally fixed float for foreach get if implicit in int interface "
     "internal is lock long namespace new null object operator out override params private protected public readonly "
     "record ref return sealed set short sizeof static string struct switch this throw true try typeof using var "
     "virtual void volatile while yield",
     {"//", NULL},
     "/*",
     "*/",
     "\"'",
     0},
    {"java groovy",
     "abstract assert boolean break byte case catch char class const continue default do double else enum extends "
     "final finally float for if implements import instanceof int interface long native new null package private "
     "protected public record return short static strictfp super switch synchronized this throw throws transient true "
     "false try var void volatile while",
     {"//", NULL},
     "/*",
     "*/",
     "\"'",
     SYNTAX_TRIPLE},
    {"javascript js jsx node mjs", JAVASCRIPT_WORDS, {"//", NULL}, "/*", "*/", "\"'`", SYNTAX_LONG_BACKTICK},
    {"typescript ts tsx",
     JAVASCRIPT_WORDS "abstract any as boolean declare enum implements infer interface is keyof module namespace never "
                      "number private protected public readonly string type unknown",
     {"//", NULL},
     "/*",
     "*/",
     "\"'`",
     SYNTAX_LONG_BACKTICK},
    {"go golang",
     "any bool break byte case chan const continue default defer else error fallthrough false float64 for func go goto "
     "if import int int64 interface map nil package range return rune select string struct switch true type uint "
     "var",
     {"//", NULL},
     "/*",
     "*/",
     "\"'`",
     SYNTAX_LONG_BACKTICK},
    {"rust rs",
     "Self as async await bool break char const continue crate dyn else enum extern f32 f64 false fn for i32 i64 if "
     "impl in let loop match mod move mut pub ref return self static str struct super trait true type u32 u64 u8 "
     "unsafe use usize where while",
     {"//", NULL},
     "/*",
     "*/",
     "\"'",
     SYNTAX_SHORT_TICK | SYNTAX_LONG_QUOTES},
    {"kotlin kt swift scala dart",
     "abstract as async await break case catch class companion const continue data def defer do else enum extends "
     "extension false final finally for func fun guard if implements import in init inline interface internal is lazy "
     "let match new nil null object open operator override package private protected protocol public return sealed "
     "self static struct super suspend switch this throw throws trait true try typealias val var void when where while "
     "with yield",
     {"//", NULL},
     "/*",
     "*/",
     "\"'",
     SYNTAX_TRIPLE},
    {"php",
     "abstract and array as break case catch class clone const continue declare default do echo else elseif empty "
     "extends false final finally fn for foreach function global if implements include instanceof interface isset list "
     "match namespace new null or print private protected public require return static switch this throw trait true "
     "try unset use var while yield",
     {"//", "#"},
     "/*",
     "*/",
     "\"'",
     SYNTAX_LONG_QUOTES},
    {"ruby rb",
     "alias and attr_accessor attr_reader begin break case class def defined do else elsif end ensure extend false for "
     "if in include lambda module next nil not or private puts raise redo require rescue retry return self super then "
     "true undef unless until when while yield",
     {"#", NULL},
     "=begin",
     "=end",
     "\"'",
     SYNTAX_LONG_QUOTES | SYNTAX_COMMENT_APART},
    {"shell bash sh zsh console terminal shellscript fish",
     "break case cd continue do done echo elif else esac eval exec exit export fi for function if in local read "
     "readonly return select set shift source sudo then trap unset until while",
     {"#", NULL},
     NULL,
     NULL,
     "\"'`",
     SYNTAX_LONG_QUOTES | SYNTAX_COMMENT_APART},
    {"powershell ps1 ps",
     "begin break catch class continue do else elseif end exit filter finally for foreach function if in param process "
     "return switch throw trap try until while",
     {"#", NULL},
     "<#",
     "#>",
     "\"'",
     SYNTAX_ANY_CASE | SYNTAX_LONG_QUOTES},
    {"sql mysql postgresql sqlite plsql tsql",
     "add all alter and as asc avg begin between by case check column commit constraint count create cross database "
     "default delete desc distinct drop else end exists foreign from full group having if in index inner insert int "
     "integer into is join key left like limit max min not null on or order outer over partition primary references "
     "replace returning right rollback select set sum table text then transaction trigger union unique update using "
     "values varchar view when where with",
     {"--", NULL},
     "/*",
     "*/",
     "'\"`",
     SYNTAX_ANY_CASE | SYNTAX_DOUBLED | SYNTAX_LONG_QUOTES},
    {"json json5 jsonc jsonl", "true false null", {"//", NULL}, NULL, NULL, "\"", 0},
    {"yaml yml", "true false null yes no", {"#", NULL}, NULL, NULL, "\"'", SYNTAX_KEYS | SYNTAX_COMMENT_APART},
    {"toml ini conf cfg properties env dotenv",
     "true false",
     {"#", ";"},
     NULL,
     NULL,
     "\"'",
     SYNTAX_EQUALS | SYNTAX_TRIPLE | SYNTAX_COMMENT_APART},
    {"dockerfile docker",
     "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL USER VOLUME WORKDIR AS",
     {"#", NULL},
     NULL,
     NULL,
     "\"'",
     SYNTAX_COMMENT_APART},
    {"makefile make",
     "define else endef endif export ifdef ifeq ifndef ifneq include override",
     {"#", NULL},
     NULL,
     NULL,
     "\"'",
     SYNTAX_COMMENT_APART},
    {"html xml svg xhtml vue jsp", "", {NULL, NULL}, "<!--", "-->", "\"'", SYNTAX_MARKUP | SYNTAX_LONG_QUOTES},
    {"css scss less", "and from import important media not only to", {NULL, NULL}, "/*", "*/", "\"'", 0},
    {"r rscript",
     "FALSE Inf NA NULL NaN TRUE break else for function if in library next repeat return while",
     {"#", NULL},
     NULL,
     NULL,
     "\"'",
     SYNTAX_LONG_QUOTES},
    {"lua",
     "and break do else elseif end false for function goto if in local nil not or repeat return then true until while",
     {"--", NULL},
     "--[[",
     "]]",
     "\"'",
     0},
    {"haskell hs",
     "case class data deriving do else if import in infixl infixr instance let module newtype of then type where",
     {"--", NULL},
     "{-",
     "-}",
     "\"'",
     SYNTAX_SHORT_TICK},
    {"perl pl",
     "and bless die do else elsif eval for foreach given if last local my next no not or our package print redo "
     "require return shift sub undef unless until use wantarray while",
     {"#", NULL},
     NULL,
     NULL,
     "\"'`",
     SYNTAX_LONG_QUOTES | SYNTAX_COMMENT_APART},
    {"matlab octave",
     "break case catch continue else elseif end for function global if otherwise return switch try while",
     {"%", NULL},
     "%{",
     "%}",
     "\"",
     0},
};

const size_t syntax_count = sizeof syntax_table / sizeof *syntax_table;
