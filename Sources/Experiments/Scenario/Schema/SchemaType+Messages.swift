import SimTime
import WaitEvents

extension SchemaType {
    /// Whether a value is of the kind of JSON value that this type is written as.
    func accepts(_ node: JSONNode) -> Bool {
        switch (self, node.kind) {
        case (.definition(let definition), _): definition.type.accepts(node)
        case (.oneOf(let alternatives), _): alternatives.contains { $0.accepts(node) }
        case (.object, .object), (.map, .object), (.list, .array), (.tuple, .array): true
        case (.integer, .number), (.real, .number), (.text, .string), (.choice, .string): true
        case (.duration, .string), (.duration, .number), (.fineDuration, .string), (.fineDuration, .number): true
        case (.size, .string), (.size, .number): true
        case (.release, .string), (.release, .number): true
        case (.setting, .string), (.setting, .number), (.setting, .bool): true
        default: false
        }
    }

    /// What is allowed, for messages.
    var allowed: String { "allowed: " + expectation }

    /// What a value has to be, as a phrase.
    var expectation: String {
        switch self {
        case .integer(let range): "whole numbers from \(range.lowerBound) to \(range.upperBound)"
        case .real(let range): "numbers from \(brief(range.lowerBound)) to \(brief(range.upperBound))"
        case .text(let rule): rule.expectation
        case .choice(let names): names.map { "\"\($0)\"" }.joined(separator: ", ")
        case .duration(let range):
            "durations from \(range.lowerBound.inUnits) to \(range.upperBound.inUnits), such as \"1.5ms\"; "
                + "units ns, us, ms, s, min, h"
        case .fineDuration: "durations such as \"0.15ns\"; units ns, us, ms, s, min, h"
        case .size(let range):
            "sizes from \(range.lowerBound.inSizeUnits) to \(range.upperBound.inSizeUnits), such as \"500MB\"; "
                + "units B, kB, MB, GB, TB"
        case .release: PostgresRelease.allCases.map(\.rawValue).joined(separator: ", ")
        case .setting: "a value as in postgresql.conf"
        case .list(let element, _): "a list, each element \(element.kindPhrase)"
        case .tuple(let types): "a list of \(types.count): " + types.map(\.kindPhrase).joined(separator: ", ")
        case .object(let schema):
            "an object with keys " + schema.keys.prefix(20).map(\.name).joined(separator: ", ")
                + (schema.keys.count > 20 ? ", ..." : "")
        case .map: "an object whose keys are names"
        case .oneOf(let alternatives): alternatives.map(\.expectation).joined(separator: ", or ")
        case .definition(let definition): definition.type.expectation
        }
    }

    /// The kind of value in a word or two.
    var kindPhrase: String {
        switch self {
        case .integer: "a whole number"
        case .real: "a number"
        case .text: "a string"
        case .choice: "one of some words"
        case .duration, .fineDuration: "a duration"
        case .size: "a size"
        case .release: "a release"
        case .setting: "a setting"
        case .list, .tuple: "a list"
        case .object, .map: "an object"
        case .oneOf(let alternatives): alternatives.map(\.kindPhrase).joined(separator: " or ")
        case .definition(let definition): definition == .distribution ? "a distribution" : definition.type.kindPhrase
        }
    }

    private func brief(_ value: Double) -> String { JSONNode.real(value).inlineText }
}

extension TextRule {
    var expectation: String {
        switch self {
        case .prose: "text"
        case .name: "a name of 1 to 100 characters"
        case .file: "the path of a file"
        case .recordType: "resource manager, slash, record, such as \"Heap/INSERT\""
        case .coreList: "cores and ranges of cores, such as \"0-14,20\""
        case .threshold: "a comparison (<=, >=, <, >) and a number with an optional unit, such as \"<= 20ms\""
        }
    }
}

extension Nanoseconds {
    /// Exact text in the largest unit of scenarios that divides the span.
    var inUnits: String {
        let units = UnitText.durationUnits.reversed()
        guard count != 0, let unit = units.first(where: { count % $0.size == 0 }) else { return "\(count)ns" }
        return "\(count / unit.size)\(unit.name)"
    }
}

extension Int64 {
    /// Bytes as exact text in the largest unit of sizes that divides them.
    fileprivate var inSizeUnits: String {
        let units = UnitText.sizeUnits.reversed()
        guard self != 0, let unit = units.first(where: { self % $0.size == 0 }) else { return "\(self)B" }
        return "\(self / unit.size)\(unit.name)"
    }
}
