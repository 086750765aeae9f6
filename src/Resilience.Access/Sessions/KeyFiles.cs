using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Resilience.Access.Sessions;

/// <summary>
/// The keys that protect session cookies, one file each in the data directory, readable by the server's own user only (0600 in
/// a 0700 directory). Sessions survive a restart; whoever can read these files could make a session, hence the modes.
/// </summary>
internal sealed class KeyFiles(string directory) : IXmlRepository
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*.xml").Order(StringComparer.Ordinal).Select(file => XElement.Load(file))]
        : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        CreateDirectory();
        var name = friendlyName.Length > 0 && friendlyName.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? friendlyName
            : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var file = Path.Combine(directory, name + ".xml");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        // Written aside and renamed: a crash must not leave half a key behind.
        var aside = file + ".new";
        File.Delete(aside);
        using (var stream = new FileStream(aside, options))
        {
            element.Save(stream);
        }

        File.Move(aside, file, overwrite: true);
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }
}
