/// JSON Schema's words for the values of PostgreSQL's settings: JSON's numbers and booleans, and what
/// `SettingDefinition.parse` takes as text.
enum SettingJSONSchema {
    static func schema(of type: SettingType) -> JSONNode {
        switch type {
        case .bool:
            .object([
                "anyOf": .array([
                    .object(["type": "boolean"]), .object(["enum": .array([.integer(0), .integer(1)])]),
                    .object(["type": "string", "pattern": .string(booleanPattern)]),
                ])
            ])
        case .integer(let unit, let range):
            // PostgreSQL rounds what is no whole number.
            number(
                unit, takesIntegersOfC: true, minimum: .integer(Int64(range.lowerBound)),
                maximum: .integer(Int64(range.upperBound)), isSigned: range.lowerBound < 0)
        case .real(let unit, let range):
            number(
                unit, takesIntegersOfC: false, minimum: .real(range.lowerBound), maximum: .real(range.upperBound),
                isSigned: range.lowerBound < 0)
        case .choice(let names, let hidden): choice(names, hidden)
        case .text: .object(["type": "string"])
        }
    }

    /// The names, which editors offer, and in upper and lower case all words that PostgreSQL takes; booleans and
    /// numbers where it takes their words.
    private static func choice(_ names: [String], _ hidden: [String: String]) -> JSONNode {
        let words = names + hidden.keys.sorted()
        var values = names.map { JSONNode.string($0) }
        if words.contains("on"), words.contains("off") { values += [.bool(true), .bool(false)] }
        values += words.compactMap { Int64($0) }.map { .integer($0) }
        let pattern = "^(" + words.map { beginnings(of: $0, least: $0.count) }.joined(separator: "|") + ")$"
        return .object([
            "anyOf": .array([
                .object(["enum": .array(values)]), .object(["type": "string", "pattern": .string(pattern)]),
            ])
        ])
    }

    /// A number, or one as text with one of the units that its setting knows. JSON Schema cannot convert units, so
    /// that texts are checked for their form alone.
    private static func number(
        _ unit: SettingUnit?, takesIntegersOfC: Bool, minimum: JSONNode, maximum: JSONNode, isSigned: Bool
    ) -> JSONNode {
        let hexadecimal = takesIntegersOfC ? "0[xX][0-9a-fA-F]+|" : ""
        let digits = "(\(hexadecimal)([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?)"
        let units = unit.map { " *(\($0.conversions.map(\.name).joined(separator: "|")))?" } ?? ""
        return .object([
            "type": .array(["number", "string"]), "minimum": minimum, "maximum": maximum,
            "pattern": .string("^ *[\(isSigned ? "-+" : "+")]?\(digits)\(units) *$"),
        ])
    }

    /// The words of `parse_bool_with_len`, whole or their beginnings, in upper and lower case.
    private static let booleanPattern: String = {
        let words = [("true", 1), ("false", 1), ("yes", 1), ("no", 1), ("on", 2), ("off", 2)]
        return "^(" + words.map { beginnings(of: $0.0, least: $0.1) }.joined(separator: "|") + "|1|0)$"
    }()

    /// A pattern for those beginnings of a word that have a number of letters at least.
    private static func beginnings(of word: String, least: Int) -> String {
        let letters = word.map { $0.isLetter ? "[\($0)\($0.uppercased())]" : String($0) }
        return letters.prefix(least).joined()
            + letters.dropFirst(least).reversed().reduce("") { rest, letter in "(\(letter)\(rest))?" }
    }
}
