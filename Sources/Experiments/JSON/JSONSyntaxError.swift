/// Text that is not JSON (with comments and trailing commas), and where it stops being that.
struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    var line: Int
    var column: Int
    var message: String

    var description: String { "line \(line): \(message)" }
}
