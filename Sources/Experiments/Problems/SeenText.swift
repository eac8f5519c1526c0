/// A text as messages show it: what is long is cut off.
func shortText(_ text: String) -> String { text.count > 60 ? String(text.prefix(57)) + "..." : text }

/// The text that was seen, for the notes of a problem: `seen "12 parsecs"`.
func seenNote(_ text: String) -> String { "seen " + shortText(jsonQuoted(text)) }

extension JSONNode {
    /// The value and where it was seen, for messages: `seen -1 in line 4`.
    var seen: String {
        "seen " + shortText(inlineText) + place.suffix + (brokenJSON.map { ", which is not JSON: \($0)" } ?? "")
    }

    /// Why an option's value that begins as JSON's objects and lists do was taken for a string.
    private var brokenJSON: String? {
        guard place == .option || place == .varyOption, case .string(let text) = kind,
            text.hasPrefix("{") || text.hasPrefix("[")
        else { return nil }
        do throws(JSONSyntaxError) {
            _ = try JSONParser.parse(text)
            return nil
        } catch {
            return error.message
        }
    }
}

extension SourcePlace {
    /// ` in line 4`, for messages.
    var suffix: String {
        switch self {
        case .file(let line, _): " in line \(line)"
        case .option: " in --set"
        case .varyOption: " in --vary"
        case .whereOption: " in --where"
        case .builtIn: ""
        }
    }
}
