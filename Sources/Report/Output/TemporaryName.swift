import Foundation

/// Names of files that are not yet complete: `.summary.csv.` and what tells whose they are, `.partial`.
///
/// A program that is killed leaves them behind. The next one that writes the same file removes them if it can tell that
/// their owner is no more.
enum TemporaryName {
    private static let ending = ".partial"

    /// What is put behind the names of one command's files: the machine, the process, and a number of its own, as two
    /// commands that write to one folder at once must not share names.
    static func makeSuffix() -> String {
        let random = String(UInt32.random(in: 1 ... .max), radix: 16)
        return ".\(machine)-\(getpid())-\(random)" + ending
    }

    /// Removes what killed programs of this machine left of a file's earlier versions.
    static func removeOrphans(of path: String) {
        let parts = SplitPath(path)
        let prefix = "." + parts.name + "."
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: parts.folder) else { return }
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(ending) {
            var owner = name.dropFirst(prefix.count).dropLast(ending.count)
            if owner.hasPrefix(oldMark) { owner = owner.dropFirst(oldMark.count) }
            if isOrphan(owner) { unlink(parts.folder + "/" + name) }
        }
    }

    /// What the name of a kept old file has in front of the suffix's owner.
    private static let oldMark = "old."

    /// Whether `MACHINE-PROCESS-NUMBER` is a process of this machine that has ended.
    private static func isOrphan(_ owner: Substring) -> Bool {
        let parts = owner.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == machine, let process = pid_t(parts[1]), process > 0,
            UInt32(parts[2], radix: 16) != nil
        else { return false }
        // The same number may be another program's by now; then the file stays for a while.
        return kill(process, 0) != 0 && errno == ESRCH
    }

    /// The machine's name, short: other machines may write to the same folder, and their processes are not seen here.
    private static let machine: String = {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let hash = name.prefix { $0 != 0 }.reduce(UInt32(0)) { $0 &* 31 &+ UInt32(UInt8(bitPattern: $1)) }
        return String(hash, radix: 16)
    }()
}
