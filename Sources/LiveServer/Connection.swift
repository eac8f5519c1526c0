import CLibPQ

/// A connection to PostgreSQL through libpq.
final class Connection {
    /// A row's fields; nil for NULL.
    typealias Row = [String?]

    private let handle: OpaquePointer

    /// Connects.
    /// - Throws: a `ServerError` with libpq's message.
    init(_ conninfo: String) throws(ServerError) {
        guard walsim_libpq_is_built_in() else { throw ServerError.unavailable }
        guard let handle = PQconnectdb(conninfo) else { throw ServerError("out of memory") }
        self.handle = handle
        // What the server remarks besides its answers would appear on standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK else { throw ServerError(String(cString: PQerrorMessage(handle))) }
    }

    deinit { PQfinish(handle) }

    /// `server_version_num`.
    var version: Int { Int(PQserverVersion(handle)) }

    /// True for a Unix socket: the server runs on this machine.
    var isLocal: Bool {
        guard let host = PQhost(handle) else { return false }
        return String(cString: host).hasPrefix("/")
    }

    /// Runs a query without parameters.
    func rows(_ query: String) throws(ServerError) -> [Row] { try rows(of: PQexec(handle, query)) }

    /// Plans a query once; `rows(prepared:)` runs it.
    func prepare(_ query: String, as name: String) throws(ServerError) {
        let result = PQprepare(handle, name, query, 0, nil)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure }
    }

    /// Runs a planned query.
    func rows(prepared name: String) throws(ServerError) -> [Row] {
        try rows(of: PQexecPrepared(handle, name, 0, nil, nil, nil, 0))
    }

    private var failure: ServerError { ServerError(String(cString: PQerrorMessage(handle))) }

    private func rows(of result: OpaquePointer?) throws(ServerError) -> [Row] {
        defer { PQclear(result) }
        guard let result, PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw failure
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
            }
        }
    }
}

/// Why a live server could not be sampled.
public struct ServerError: Error, Sendable, CustomStringConvertible {
    /// What libpq or the server said, in one line; what libpq advises, in lines that begin with a tabulator, is in
    /// parentheses.
    public var description: String

    init(_ message: String) {
        var (said, advice): ([Substring], [Substring]) = ([], [])
        for line in message.split(separator: "\n") {
            if line.hasPrefix("\t") { advice.append(line.dropFirst()) } else { said.append(line) }
        }
        description = said.joined(separator: "; ") + (advice.isEmpty ? "" : " (\(advice.joined(separator: " ")))")
    }

    static let hidden = ServerError("other sessions' states are hidden from this role; grant it pg_monitor")

    fileprivate static let unavailable = ServerError(
        "this walsim was built without libpq; install its headers (Debian: libpq-dev) and build again, or give files")
}
