import Postgres
import SimTime
import WaitEvents

/// Checks one value that has no parts.
struct ScalarCheck {
    var node: JSONNode
    var type: SchemaType
    var path: SchemaPath

    /// The value in its canonical form.
    func checked() throws(InputProblem) -> JSONNode {
        switch type {
        case .integer(let range): return try integer(range)
        case .real(let range): return try real(range)
        case .text(let rule): return try text(rule)
        case .choice(let names): return try choice(names)
        case .duration(let range): return try duration(range)
        case .fineDuration(let range): return try fineDuration(range)
        case .size(let range): return try size(range)
        case .release: return try release()
        case .setting(let definition): return try setting(definition)
        default: throw wrongKind
        }
    }

    private var wrongKind: InputProblem { .wrongKind(node, type, at: path) }

    private func problem(_ what: String, nearest: String? = nil) -> InputProblem {
        InputProblem(path, what, notes: [node.seen, type.allowed, nearest.map { "nearest: \"\($0)\"" }])
    }

    private func normal(_ value: JSONNode) -> JSONNode { JSONNode(value.kind, at: node.place) }

    private func integer(_ range: ClosedRange<Int64>) throws(InputProblem) -> JSONNode {
        guard case .number(let text) = node.kind else { throw wrongKind }
        guard let value = Int64(text) ?? Double(text).flatMap({ Int64(exactly: $0) }) else {
            throw Double(text).map { abs($0) < 1e18 } ?? false ? problem("not a whole number") : outOfRange
        }
        guard range.contains(value) else { throw value < 0 && range.lowerBound >= 0 ? negative : outOfRange }
        return normal(.integer(value))
    }

    private func real(_ range: ClosedRange<Double>) throws(InputProblem) -> JSONNode {
        guard case .number(let text) = node.kind else { throw wrongKind }
        guard let value = Double(text), range.contains(value) else { throw outOfRange }
        return normal(.real(value))
    }

    private var outOfRange: InputProblem { problem("out of range") }
    private var negative: InputProblem { problem("must not be negative") }

    private func choice(_ names: [String]) throws(InputProblem) -> JSONNode {
        guard case .string(let text) = node.kind else { throw wrongKind }
        guard names.contains(text) else {
            throw problem("unknown value", nearest: nearestName(to: text, among: names))
        }
        return node
    }

    private func text(_ rule: TextRule) throws(InputProblem) -> JSONNode {
        guard case .string(let text) = node.kind else { throw wrongKind }
        switch rule {
        case .prose: return node
        case .name, .file:
            let limit = rule == .name ? 100 : 4096
            guard !text.isEmpty else { throw problem("must not be empty") }
            guard text.count <= limit, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                throw problem("too long, or with control characters")
            }
        case .recordType:
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let isRecordByte = { (byte: UInt8) in byte > 0x20 && byte < 0x7F }
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isRecordByte) }),
                text.utf8.count <= 100
            else { throw problem("not a record type") }
        case .coreList:
            guard !CoreList.numbers(text).isEmpty else { throw problem("not a list of cores") }
        case .threshold: break
        }
        return node
    }

    private func duration(_ range: ClosedRange<Nanoseconds>) throws(InputProblem) -> JSONNode {
        let value = Nanoseconds(rounding: try durationNumber())
        guard range.contains(value) else { throw value < .zero ? negative : outOfRange }
        return normal(.integer(value.count))
    }

    private func fineDuration(_ range: ClosedRange<Double>) throws(InputProblem) -> JSONNode {
        let value = try durationNumber()
        guard range.contains(value) else { throw value < 0 ? negative : outOfRange }
        return normal(.real(value))
    }

    private func size(_ range: ClosedRange<Int64>) throws(InputProblem) -> JSONNode {
        let value = Int64(try number("size", units: UnitText.sizeUnits).rounded())
        guard range.contains(value) else { throw value < 0 ? negative : outOfRange }
        return normal(.integer(value))
    }

    /// Nanoseconds, neither checked for range nor rounded.
    private func durationNumber() throws(InputProblem) -> Double {
        try number("duration", units: UnitText.durationUnits)
    }

    /// A number with a unit, in the smallest one.
    private func number(_ what: String, units: [UnitText.Unit]) throws(InputProblem) -> Double {
        let text: String
        switch node.kind {
        case .string(let string): text = string
        case .number(let number): text = number
        default: throw wrongKind
        }
        do throws(UnitText.Failure) {
            let value = try UnitText.parseReal(text, units: units)
            guard abs(value) < 0x1p62 else { throw UnitText.Failure.tooLarge }
            return value
        } catch {
            switch error {
            case .notANumber: throw problem("not a \(what)")
            case .unitMissing: throw problem("a \(what) needs a unit")
            case .unitUnknown(let unit):
                // The micro sign and the Greek letter that looks like it.
                let nearest =
                    ["\u{B5}s", "\u{3BC}s"].contains(unit) ? "us" : nearestName(to: unit, among: units.map(\.name))
                throw problem("unknown unit \"\(unit)\"", nearest: nearest)
            case .tooLarge: throw outOfRange
            }
        }
    }

    private func release() throws(InputProblem) -> JSONNode {
        let text: String
        switch node.kind {
        case .string(let string): text = string
        case .number(let number): text = number
        default: throw wrongKind
        }
        guard let release = PostgresRelease(rawValue: text) else {
            throw problem("this release is not simulated", nearest: PostgresRelease.nearest(to: text)?.rawValue)
        }
        return normal(.string(release.rawValue))
    }

    /// JSON numbers and Booleans are read as PostgreSQL reads the same text in postgresql.conf.
    private func setting(_ definition: SettingDefinition) throws(InputProblem) -> JSONNode {
        let text: String
        switch node.kind {
        case .string(let string): text = string
        case .number(let number): text = number
        case .bool(let value): text = value ? "on" : "off"
        default: throw wrongKind
        }
        do throws(SettingError) {
            return normal(try definition.parse(text).node)
        } catch {
            throw InputProblem(path, error.message, notes: [error.hint, node.seen] + error.notes.dropFirst())
        }
    }
}

extension SettingValue {
    /// The value in a checked tree.
    var node: JSONNode {
        switch self {
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(Int64(value))
        case .real(let value): .real(value)
        case .text(let value): .string(value)
        }
    }

    /// The value of a checked tree.
    init(checked node: JSONNode, _ type: SettingType) {
        switch (type, node.kind) {
        case (.bool, .bool(let value)): self = .bool(value)
        case (.integer, _): self = .integer(Int(node.integer))
        case (.real, _): self = .real(node.real)
        default: self = .text(node.text)
        }
    }
}
