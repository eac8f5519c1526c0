import Experiments

/// A JSON value whose objects keep the order of their keys, so that equal results are equal bytes.
///
/// Foundation's encoder orders keys by hash or by alphabet, and formats numbers by platform.
indirect enum OrderedJSON {
    case null
    case bool(Bool)
    case integer(UInt64)
    /// Infinities and NaN are written as null.
    case number(Double)
    case string(String)
    case array([OrderedJSON])
    case object([(key: String, value: OrderedJSON)])

    static func optional(_ value: Double?) -> OrderedJSON { value.map(number) ?? .null }

    /// The value as text. Objects and arrays that hold no others take one line; the rest is indented.
    func text() -> String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += NumberText.exact(value) ?? "null"
        case .string(let value): text += jsonQuoted(value)
        case .array(let items):
            Self.write(items.map { ("", $0) }, between: "[", "]", oneLine: depth < 2, to: &text, indent: indent)
        case .object(let members):
            let named = members.map { (jsonQuoted($0.key) + ": ", $0.value) }
            Self.write(named, between: "{", "}", oneLine: depth < 2 || isEstimate, to: &text, indent: indent)
        }
    }

    private static func write(
        _ parts: [(label: String, value: OrderedJSON)], between open: String, _ close: String, oneLine: Bool,
        to text: inout String, indent: Int
    ) {
        let separator = oneLine ? " " : "\n" + String(repeating: " ", count: indent + 2)
        text += open
        for (index, part) in parts.enumerated() {
            if index > 0 { text += "," }
            if !oneLine || index > 0 { text += separator }
            text += part.label
            part.value.write(to: &text, indent: indent + 2)
        }
        if !oneLine { text += "\n" + String(repeating: " ", count: indent) }
        text += close
    }

    /// How many levels of arrays and objects the value has; 0 for a scalar.
    private var depth: Int {
        switch self {
        case .array(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }

    /// A mean with its interval: short enough for one line though it holds an array.
    private var isEstimate: Bool {
        guard case .object(let members) = self else { return false }
        return members.count == 2 && members[1].key == "ci95"
    }
}
