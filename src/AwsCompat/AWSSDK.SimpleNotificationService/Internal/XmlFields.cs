using System.Xml.Linq;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>Children of an XML element by local name; the namespace carries the API date and says nothing more.</summary>
internal static class XmlFields
{
    public static XElement? Child(this XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static string? Text(this XElement element, string name) => element.Child(name)?.Value;
}
