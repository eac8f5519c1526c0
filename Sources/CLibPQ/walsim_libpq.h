// The part of libpq that samples a live server. On a machine without libpq's headers the same functions exist and do
// nothing, so that the package builds everywhere; `walsim_libpq_is_built_in` tells which it is.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>

static inline bool walsim_libpq_is_built_in(void) { return true; }

#else

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef unsigned int Oid;
typedef enum { CONNECTION_OK, CONNECTION_BAD } ConnStatusType;
typedef enum { PGRES_EMPTY_QUERY, PGRES_COMMAND_OK, PGRES_TUPLES_OK } ExecStatusType;

static inline bool walsim_libpq_is_built_in(void) { return false; }
static inline PGconn *PQconnectdb(const char *conninfo) { return NULL; }
static inline ConnStatusType PQstatus(const PGconn *connection) { return CONNECTION_BAD; }
static inline char *PQerrorMessage(const PGconn *connection) { return (char *)""; }
static inline char *PQhost(const PGconn *connection) { return NULL; }
static inline int PQserverVersion(const PGconn *connection) { return 0; }
static inline void PQfinish(PGconn *connection) {}
typedef void (*PQnoticeProcessor)(void *argument, const char *message);
static inline PQnoticeProcessor PQsetNoticeProcessor(PGconn *connection, PQnoticeProcessor processor,
                                                     void *argument) { return NULL; }
static inline PGresult *PQprepare(PGconn *connection, const char *name, const char *query, int count,
                                  const Oid *types) { return NULL; }
static inline PGresult *PQexecPrepared(PGconn *connection, const char *name, int count, const char *const *values,
                                       const int *lengths, const int *formats, int format) { return NULL; }
static inline PGresult *PQexec(PGconn *connection, const char *query) { return NULL; }
static inline ExecStatusType PQresultStatus(const PGresult *result) { return PGRES_EMPTY_QUERY; }
static inline int PQntuples(const PGresult *result) { return 0; }
static inline int PQnfields(const PGresult *result) { return 0; }
static inline char *PQfname(const PGresult *result, int column) { return (char *)""; }
static inline char *PQgetvalue(const PGresult *result, int row, int column) { return (char *)""; }
static inline int PQgetisnull(const PGresult *result, int row, int column) { return 1; }
static inline void PQclear(PGresult *result) {}

#endif
