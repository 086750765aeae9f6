using System.Security.Cryptography;
using Resilience.Storage;

namespace Resilience.Reports.Collecting;

/// <summary>
/// The secret that makes author hashes useless elsewhere: 32 random bytes in the data directory, made at first use, readable by
/// the server's account only. Deleting it cuts all ties between stored posts and their authors. Several processes on one database
/// must share the file.
/// </summary>
public sealed class OriginSalt(StorageOptions options)
{
    private readonly Lazy<byte[]> _bytes = new(() => ReadOrMake(Path.Combine(Path.GetFullPath(options.DataDirectory), "reports-origin.secret")));

    /// <summary>The secret.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Value;

    private static byte[] ReadOrMake(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (!File.Exists(file))
        {
            // Written aside and moved: a crash in between leaves no half secret, and of two processes the first one wins.
            var aside = $"{file}.{Environment.ProcessId}";
            var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(aside, create))
            {
                stream.Write(RandomNumberGenerator.GetBytes(32));
                stream.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(aside, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(aside);
            }
        }

        var bytes = File.ReadAllBytes(file);
        return bytes.Length == 32 ? bytes : throw new InvalidDataException($"{file} must hold 32 bytes; delete it to start afresh (stored author hashes then match no new ones).");
    }
}
