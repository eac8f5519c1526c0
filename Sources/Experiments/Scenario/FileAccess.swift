import Foundation

/// How a scenario's reader reaches files; tests give it files of their own.
public struct FileAccess: Sendable {
    /// The bytes of a file, or nil if it cannot be read.
    var read: @Sendable (String) -> [UInt8]?
    /// The names in a directory in a fixed order, or nil if it cannot be listed.
    var list: @Sendable (String) -> [String]?

    /// Larger files are refused, so that a device or a wrong file cannot fill the memory.
    static let sizeLimit: UInt64 = 256 << 20

    /// The real file system.
    public static let disk = FileAccess(
        read: { path in
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved(path)),
                attributes[.type] as? FileAttributeType == .typeRegular,
                attributes[.size] as? UInt64 ?? 0 <= sizeLimit,
                let data = FileManager.default.contents(atPath: path)
            else { return nil }
            return [UInt8](data)
        },
        list: { path in try? FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    )

    /// No files at all.
    static let none = FileAccess(read: { _ in nil }, list: { _ in nil })

    private static func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    /// `name` as seen from the directory that `file` lies in.
    static func path(_ name: String, besides file: String) -> String {
        guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
        return file[...slash] + name
    }
}
