/// Why a run on real threads could not be made or cannot be trusted.
public enum ThreadRunError: Error, Sendable, CustomStringConvertible {
    /// A value of the specification that no run can have.
    case invalid(place: String, seen: String, allowed: String)
    /// The data directory cannot be used.
    case dataDirectory(path: String, reason: String)
    /// A call on a segment file failed; PostgreSQL would stop with a PANIC.
    case file(path: String, reason: String)
    /// The operating system gave fewer threads than the server has processes.
    case threads(started: Int, wanted: Int, reason: String)
    /// The algorithms or this machine are wrong: what the run acknowledged is not what its files hold.
    case unsound([String])

    /// One line: the place, what is wrong with it and what is allowed.
    public var description: String {
        switch self {
        case .invalid(let place, let seen, let allowed): "\(place): \(seen) (allowed: \(allowed))"
        case .dataDirectory(let path, let reason): "data directory \(path): \(reason)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .threads(let started, let wanted, let reason):
            "only \(started) of \(wanted) threads started (\(reason)); ask for fewer clients"
        case .unsound(let defects): "the run is not sound: " + defects.joined(separator: "; ")
        }
    }
}
