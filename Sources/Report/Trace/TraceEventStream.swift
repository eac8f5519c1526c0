import Foundation
import SimTime

/// Writes trace events to a file as they come, in the JSON form that Perfetto and Chrome open, with bounded memory.
///
/// The format: Trace Event Format, Google, 2016 (the JSON object format). Times are microseconds. Perfetto takes less
/// than the format allows: slices nest, an arrow's ends lie in open slices (src/trace_processor/importers/json), tracks
/// have numbers of their own.
final class TraceEventStream {
    /// Why nothing more is written.
    enum Failure {
        /// What the operating system said.
        case file(String)
        /// The file would have become larger than its limit.
        case tooLarge
    }

    private let file: UnsafeMutablePointer<FILE>
    private let limit: Int
    private var bytes = 0
    private var isFirst = true
    private(set) var failure: Failure?

    /// - Parameter limit: the greatest size of the file in bytes.
    init(into file: UnsafeMutablePointer<FILE>, limit: Int) {
        self.file = file
        self.limit = limit
        put("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n")
    }

    /// One event of a track.
    ///
    /// - Parameters:
    ///   - phase: the format's letter for the kind of event.
    ///   - group: the format's process, which is a group of tracks; no two groups and tracks share a number.
    ///   - thread: the track; that of what belongs to a group as a whole has the group's number.
    ///   - members: further members of the object, each with a comma before it.
    func event(_ phase: Character, group: Int, thread: Int, at nanoseconds: Int64, _ members: String = "") {
        put(
            "\(isFirst ? "" : ",\n"){\"ph\":\"\(phase)\",\"pid\":\(group),\"tid\":\(thread),"
                + "\"ts\":\(Self.microseconds(nanoseconds))\(members)}")
        isFirst = false
    }

    /// What a track or a group of tracks is called, and where it stands among the others.
    func name(_ kind: String, group: Int, thread: Int? = nil, _ name: String, order: Int) {
        event(
            "M", group: group, thread: thread ?? group, at: 0,
            ",\"name\":\"\(kind)_name\",\"args\":{\"name\":\(Self.text(name))}")
        event(
            "M", group: group, thread: thread ?? group, at: 0,
            ",\"name\":\"\(kind)_sort_index\",\"args\":{\"sort_index\":\(order)}")
    }

    /// Completes the file; `members` describe the run. A full disk shows here.
    func close(_ members: [(key: String, value: String)]) {
        let described = members.map { "\(Self.text($0.key)):\(Self.text($0.value))" }.joined(separator: ",")
        put("\n],\"otherData\":{\(described)}}\n")
        let reason = String(cString: strerror(errno))
        if fclose(file) != 0, failure == nil { failure = .file(reason) }
    }

    private func put(_ text: String) {
        guard failure == nil else { return }
        var text = text
        text.withUTF8 { buffer in
            bytes += buffer.count
            if bytes > limit {
                failure = .tooLarge
            } else if fwrite(buffer.baseAddress, 1, buffer.count, file) != buffer.count {
                failure = .file(String(cString: strerror(errno)))
            }
        }
    }

    /// Microseconds with all three decimals.
    private static func microseconds(_ nanoseconds: Int64) -> String {
        let part = String(nanoseconds % 1_000 + 1_000).dropFirst()
        return "\(nanoseconds / 1_000).\(part)"
    }

    /// A JSON string.
    static func text(_ text: String) -> String { OrderedJSON.string(text).text() }
}
