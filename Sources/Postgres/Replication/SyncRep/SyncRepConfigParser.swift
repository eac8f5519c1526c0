import WaitEvents

/// Why a value of `synchronous_standby_names` is refused, in PostgreSQL's words.
public struct SyncRepConfigError: Error, Equatable, Sendable {
    /// PostgreSQL's own message; nil: the usual one about an invalid value.
    public var message: String?
    /// PostgreSQL's detail.
    public var detail: String?
}

extension SyncRepConfig {
    /// Reads `synchronous_standby_names`; nil if it is empty, so that nobody is waited for
    /// (syncrep.c, check_synchronous_standby_names; the grammar of syncrep_gram.y and syncrep_scanner.l).
    ///
    /// - Throws: `SyncRepConfigError` for what PostgreSQL would refuse.
    public static func parse(
        _ text: String, release: PostgresRelease
    ) throws(SyncRepConfigError) -> SyncRepConfig? {
        if text.isEmpty { return nil }
        var parser = SyncRepConfigParser(tokens: SyncRepToken.scan(text, hasMethodWords: release > .v96))
        let config = try parser.parse()
        guard config.numSync > 0 else {
            throw SyncRepConfigError(
                message: "number of synchronous standbys (\(config.numSync)) must be greater than zero")
        }
        return config
    }
}

/// A word of `synchronous_standby_names`.
private struct SyncRepToken: Equatable {
    enum Kind { case name, number, any, first, comma, open, close, junk, unterminated, end }
    var kind: Kind
    var text: String
    /// What a complaint shows of it: what the scanner read last; nothing at the end.
    var shown: String

    init(_ kind: Kind, _ text: String, shown: String? = nil) {
        self.kind = kind
        self.text = text
        self.shown = shown ?? text
    }

    /// Cuts the text into words. `ANY` and `FIRST` are words from release 10 on, and names before.
    static func scan(_ text: String, hasMethodWords: Bool) -> [SyncRepToken] {
        var tokens: [SyncRepToken] = []
        var rest = Substring(text)
        while let first = rest.unicodeScalars.first {
            if " \t\n\r\u{0B}\u{0C}".unicodeScalars.contains(first) {
                rest.unicodeScalars.removeFirst()
                continue
            }
            if first == "\"" {
                tokens.append(takeQuoted(&rest))
                continue
            }
            tokens.append(takeWord(&rest, first, hasMethodWords))
        }
        return tokens + [SyncRepToken(.end, "")]
    }

    private static func takeWord(
        _ rest: inout Substring, _ first: Unicode.Scalar, _ hasMethodWords: Bool
    ) -> SyncRepToken {
        if startsName(first) {
            let word = take(&rest) { startsName($0) || isDigit($0) || $0 == "$" }
            let keyword: Kind? = ["any": Kind.any, "first": .first][word.lowercased()]
            return SyncRepToken(hasMethodWords ? keyword ?? .name : .name, word)
        }
        if isDigit(first) { return SyncRepToken(.number, take(&rest, while: isDigit)) }
        rest.unicodeScalars.removeFirst()
        let signs: [Unicode.Scalar: Kind] = ["*": .name, ",": .comma, "(": .open, ")": .close]
        return SyncRepToken(signs[first] ?? .junk, String(first))
    }

    /// A name in double quotes, in which two of them stand for one. Without its end it is a mistake of its own, for
    /// those who come that far.
    private static func takeQuoted(_ rest: inout Substring) -> SyncRepToken {
        rest.unicodeScalars.removeFirst()
        var name = ""
        while let scalar = rest.unicodeScalars.popFirst() {
            if scalar != "\"" {
                name.unicodeScalars.append(scalar)
            } else if rest.unicodeScalars.first == "\"" {
                name.unicodeScalars.append(rest.unicodeScalars.removeFirst())
            } else {
                return SyncRepToken(.name, name, shown: "\"")
            }
        }
        return SyncRepToken(.unterminated, "")
    }

    private static func take(_ rest: inout Substring, while holds: (Unicode.Scalar) -> Bool) -> String {
        let word = rest.unicodeScalars.prefix(while: holds)
        rest.unicodeScalars.removeFirst(word.count)
        return String(word)
    }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || !scalar.isASCII
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

/// The grammar: a list of names, or a number of them and the list in parentheses, with or without a word before.
private struct SyncRepConfigParser {
    let tokens: [SyncRepToken]
    private var place = 0

    init(tokens: [SyncRepToken]) { self.tokens = tokens }

    private var next: SyncRepToken { tokens[place] }

    mutating func parse() throws(SyncRepConfigError) -> SyncRepConfig {
        var method = SyncRepConfig.Method.priority
        var config: SyncRepConfig
        if next.kind == .any || next.kind == .first {
            if next.kind == .any { method = .quorum }
            place += 1
            config = try counted(method)
        } else if next.kind == .number, tokens[place + 1].kind == .open {
            config = try counted(method)
        } else {
            config = SyncRepConfig(method: method, numSync: 1, members: try names())
        }
        _ = try take(.end)
        return config
    }

    private mutating func counted(_ method: SyncRepConfig.Method) throws(SyncRepConfigError) -> SyncRepConfig {
        let number = try take(.number)
        _ = try take(.open)
        let members = try names()
        _ = try take(.close)
        // As atoi does: a number beyond all bounds is still more than there can be standbys.
        return SyncRepConfig(method: method, numSync: Int(number) ?? Int(Int32.max), members: members)
    }

    private mutating func names() throws(SyncRepConfigError) -> [String] {
        var names = [try name()]
        while next.kind == .comma {
            place += 1
            names.append(try name())
        }
        return names
    }

    private mutating func name() throws(SyncRepConfigError) -> String {
        next.kind == .number ? try take(.number) : try take(.name)
    }

    private mutating func take(_ kind: SyncRepToken.Kind) throws(SyncRepConfigError) -> String {
        guard next.kind == kind else {
            let mistake = next.kind == .unterminated ? "unterminated quoted identifier" : "syntax error"
            let site = next.shown.isEmpty ? "end of input" : "or near \"\(next.shown)\""
            throw SyncRepConfigError(detail: "\(mistake) at \(site)")
        }
        let text = next.text
        if kind != .end { place += 1 }
        return text
    }
}
