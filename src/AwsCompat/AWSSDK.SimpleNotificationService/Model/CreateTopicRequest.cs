namespace Amazon.SimpleNotificationService.Model;

/// <summary>Asks for a topic; one that exists with the same attributes is given back.</summary>
public class CreateTopicRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>1 to 256 of letters, digits, underscore and hyphen; a FIFO topic ends in <c>.fifo</c>.</summary>
    public string? Name { get; set; }

    /// <summary>Settings such as KmsMasterKeyId.</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}
