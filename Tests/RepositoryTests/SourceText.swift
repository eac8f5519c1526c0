/// A function or initialiser with a body of several lines, as the formatter lays it out.
struct FunctionLength {
    let name: String
    /// From its first line to its closing brace.
    let lines: Int

    private static let modifiers: Set<Substring> = [
        "public", "package", "private", "fileprivate", "internal", "static", "mutating", "nonmutating", "override",
        "final", "convenience", "required",
    ]

    /// All of a file.
    static func all(in lines: [Substring]) -> [FunctionLength] {
        lines.indices.compactMap { start in
            guard let name = name(declaredIn: lines[start]), let end = end(of: start, in: lines) else { return nil }
            return FunctionLength(name: name, lines: end - start + 1)
        }
    }

    private static func name(declaredIn line: Substring) -> String? {
        let words = line.split(separator: " ").drop { modifiers.contains($0) || $0.hasPrefix("@") }
        guard let first = words.first else { return nil }
        if first.hasPrefix("init"), let next = first.dropFirst(4).first, "(<?!".contains(next) { return "init" }
        guard first == "func", let name = words.dropFirst().first else { return nil }
        return String(name.prefix { $0 != "(" && $0 != "<" })
    }

    /// The line of its closing brace; nil if it has no body, or one line.
    private static func end(of start: Int, in lines: [Substring]) -> Int? {
        guard !lines[start].hasSuffix("}") else { return nil }
        let indent = lines[start].prefix { $0 == " " }.count
        for index in (start + 1)..<max(lines.count, start + 1) where !lines[index].isEmpty {
            guard lines[index].prefix(while: { $0 == " " }).count <= indent else { continue }
            let rest = lines[index].dropFirst(indent)
            if rest.first == "}" { return index }
            // What may stand between the parameters and the body.
            guard rest.first == ")" || rest.first == "{" || rest.hasPrefix("where ") else { return nil }
        }
        return nil
    }
}

/// The words of Swift source, comments apart.
enum SourceWords {
    private static let keywords: Set<String> = [
        "func", "var", "let", "case", "struct", "enum", "class", "protocol", "typealias", "associatedtype",
    ]

    /// Each word of a line, and whether it is declared there.
    static func words(of line: Substring) -> [(word: String, isDeclared: Bool)] {
        var result: [(word: String, isDeclared: Bool)] = []
        var word: [UInt8] = []
        var lastByte: UInt8 = 0
        // Whether nothing but blanks stands between the last word and here.
        var isAdjacent = true
        for byte in Array(line.utf8) + [newline] {
            if isPart(byte) {
                word.append(byte)
                lastByte = byte
                continue
            }
            if !word.isEmpty {
                let text = String(decoding: word, as: UTF8.self)
                result.append((text, isAdjacent && result.last.map { keywords.contains($0.word) } == true))
                word.removeAll(keepingCapacity: true)
                isAdjacent = true
            }
            if byte == slash && lastByte == slash { break }
            lastByte = byte
            isAdjacent = isAdjacent && (byte == space || byte == backtick)
        }
        return result
    }

    private static let (newline, space, slash, backtick) = (UInt8(10), UInt8(32), UInt8(47), UInt8(96))

    private static func isPart(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95
    }
}
