namespace Wire.Model;

/// <summary>A file was opened, or should have been.</summary>
public sealed class FileOpenEvent : HostEvent
{
    private string _path = "";
    private string _askedPath = "";
    private PathFlags _pathFlags;
    private FileIdentity _file;
    private uint _openFlags;
    private ushort _error;

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    public FileOpenEvent(in EventFacts facts)
        : base(in facts)
    {
    }

    internal FileOpenEvent()
    {
    }

    /// <inheritdoc/>
    public override EventKind Kind => EventKind.FileOpen;

    /// <summary>
    /// The path of what was really opened, from the kernel's own file object; of a refused open, where the name as asked leads
    /// (<see cref="PathFlags.Unverified"/>).
    /// </summary>
    public required string Path { get => _path; init => _path = value; }

    /// <summary>The name the process asked with: unverified, may have been changed by another thread.</summary>
    public string AskedPath { get => _askedPath; init => _askedPath = value; }

    /// <summary>What is special about <see cref="Path"/>.</summary>
    public PathFlags PathFlags { get => _pathFlags; init => _pathFlags = value; }

    /// <summary>The file itself.</summary>
    public FileIdentity File { get => _file; init => _file = value; }

    /// <summary>Linux open flags (<c>O_WRONLY</c> = 1, <c>O_RDWR</c> = 2 …) as the file holds them; <c>O_CREAT</c> = 0x40 says that the open made the file.</summary>
    public uint OpenFlags { get => _openFlags; init => _openFlags = value; }

    /// <summary>0 = opened; else the errno with which the open was refused.</summary>
    public ushort Error { get => _error; init => _error = value; }

    internal FileOpenEvent Renew(
        in EventFacts facts, string path, string askedPath, PathFlags pathFlags, FileIdentity file, uint openFlags, ushort error)
    {
        Renew(facts);
        (_path, _askedPath, _pathFlags, _file, _openFlags, _error) = (path, askedPath, pathFlags, file, openFlags, error);
        return this;
    }
}
