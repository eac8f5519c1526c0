/// The way from the root of a scenario to a value: keys and list indexes.
struct SchemaPath: Sendable, Equatable, CustomStringConvertible {
    var parts: [String] = []

    static let root = SchemaPath()

    init() {}

    init(_ text: String) { parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }

    static func / (path: SchemaPath, part: String) -> SchemaPath {
        var longer = path
        longer.parts.append(part)
        return longer
    }

    static func / (path: SchemaPath, index: Int) -> SchemaPath { path / String(index) }

    var description: String { parts.joined(separator: ".") }
}
