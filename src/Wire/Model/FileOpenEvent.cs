namespace Wire.Model;

/// <summary>A file was opened, or should have been.</summary>
/// <param name="facts">What is common to all kinds.</param>
public sealed class FileOpenEvent(EventFacts facts) : HostEvent(facts)
{
    /// <inheritdoc/>
    public override EventKind Kind => EventKind.FileOpen;

    /// <summary>
    /// The path of what was really opened, from the kernel's own file object; of a refused open, where the name as asked leads
    /// (<see cref="PathFlags.Unverified"/>).
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The name the process asked with: unverified, may have been changed by another thread.</summary>
    public string AskedPath { get; init; } = "";

    /// <summary>What is special about <see cref="Path"/>.</summary>
    public PathFlags PathFlags { get; init; }

    /// <summary>The file itself.</summary>
    public FileIdentity File { get; init; }

    /// <summary>Linux open flags (<c>O_WRONLY</c> = 1, <c>O_RDWR</c> = 2 …) as the file holds them; <c>O_CREAT</c> = 0x40 says that the open made the file.</summary>
    public uint OpenFlags { get; init; }

    /// <summary>0 = opened; else the errno with which the open was refused.</summary>
    public ushort Error { get; init; }
}
