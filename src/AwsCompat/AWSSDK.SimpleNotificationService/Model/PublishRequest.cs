namespace Amazon.SimpleNotificationService.Model;

/// <summary>One message to a topic, an endpoint or a telephone.</summary>
public class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic; this, <see cref="TargetArn"/> or <see cref="PhoneNumber"/> is required.</summary>
    public string? TopicArn { get; set; }

    /// <summary>A single endpoint.</summary>
    public string? TargetArn { get; set; }

    /// <summary>A telephone, in E.164 form.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>The text, at most 256 KiB of UTF-8 with its attributes; required.</summary>
    public string? Message { get; set; }

    /// <summary><c>json</c> if the text holds one body per protocol.</summary>
    public string? MessageStructure { get; set; }

    /// <summary>The subject of an e-mail: under 100 characters, no line breaks or control characters.</summary>
    public string? Subject { get; set; }

    /// <summary>For FIFO topics: equal ids within five minutes are one message.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>For FIFO topics: messages of a group keep their order.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>Attributes by name; not delivered with MessageStructure json.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }
}
