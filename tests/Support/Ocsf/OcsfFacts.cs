namespace Support.Ocsf;

/// <summary>
/// What the published schema OCSF 1.8.0 (https://schema.ocsf.io/1.8.0, 2026-03-16) says of the classes and objects that we write: all
/// attributes that may stand there, those that must, and what an enumeration may hold.
/// </summary>
/// <remarks>
/// One line for each object: <c>name:type</c>, <c>!</c> = required. Types: <c>s</c> text, <c>i</c> integer, <c>t</c> ms since 1970, <c>b</c> truth,
/// <c>j</c> any object, <c>[…]</c> one of these integers, <c>@x</c> object, <c>*</c> before a type = array of it. A second text names the attributes of which one must stand.
/// </remarks>
internal static class OcsfFacts
{
    private const string Base =
        "activity_id:i! activity_name:s category_uid:i! category_name:s class_uid:i! class_name:s type_uid:i! type_name:s time:t! start_time:t end_time:t "
        + "severity_id:[0,1,2,3,4,5,6,99]! severity:s status_id:[0,1,2,99] status:s status_code:s status_detail:s message:s count:i duration:i "
        + "timezone_offset:i metadata:@metadata! device:@device cloud:@cloud actor:@actor unmapped:j";

    /// <summary>Classes: caption, attributes, one of which must stand, activities by number.</summary>
    internal static readonly Dictionary<int, (string Name, string Attributes, string OneOf, Dictionary<int, string> Activities)> Classes = new()
    {
        [1001] = ("File System Activity", With(Base, "device:@device! actor:@actor! file:@file! file_result:@file access_mask:i create_mask:s"), "",
            Numbered("Create", "Read", "Update", "Delete", "Rename", "Set Attributes", "Set Security", "Get Attributes", "Get Security", "Encrypt", "Decrypt", "Mount", "Unmount", "Open")),
        [1003] = ("Kernel Activity", With(Base, "device:@device! actor:@actor! kernel:@kernel!"), "", Numbered("Create", "Read", "Delete", "Invoke")),
        [1007] = ("Process Activity", With(Base, "device:@device! actor:@actor! process:@process! exit_code:i launch_type_id:[0,1,2,3,99] launch_type:s injection_type_id:[0,1,2,99]"), "",
            Numbered("Launch", "Terminate", "Open", "Inject", "Set User ID")),
        [4001] = ("Network Activity", With(Base, "connection_info:@network_connection_info src_endpoint:@network_endpoint dst_endpoint:@network_endpoint"), "src_endpoint dst_endpoint",
            Numbered("Open", "Close", "Reset", "Fail", "Refuse", "Traffic", "Listen")),
        [2004] = ("Detection Finding", With(Base, "finding_info:@finding_info! evidences:*@evidences confidence_id:[0,1,2,3,99] confidence:s is_alert:b "
            + "status_id:[0,1,2,3,4,5,6,99] resources:*@resource_details remediation:@remediation risk_level_id:[0,1,2,3,4,99]"), "",
            Numbered("Create", "Update", "Close")),
    };

    /// <summary>Objects: attributes, one of which must stand.</summary>
    internal static readonly Dictionary<string, (string Attributes, string OneOf)> Objects = new()
    {
        ["metadata"] = ("version:s! product:@product! profiles:*s uid:s correlation_uid:s sequence:i labels:*s log_name:s log_provider:s logged_time:t original_time:s", ""),
        ["product"] = ("name:s uid:s vendor_name:s version:s", "name uid"),
        ["device"] = ("type_id:[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,99]! type:s uid:s hostname:s name:s ip:s instance_uid:s region:s zone:s os:@os container:@container", "ip uid name hostname instance_uid"),
        ["os"] = ("name:s! type_id:[0,99,100,101,200,201,300,301,302,400,401,402]! type:s version:s", ""),
        ["cloud"] = ("provider:s! account:@account region:s zone:s org:j project_uid:s", ""),
        ["account"] = ("name:s uid:s type_id:[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,99] type:s", "name uid"),
        ["actor"] = ("process:@process user:@user session:@session app_name:s app_uid:s", "process user session app_name app_uid"),
        ["user"] = ("name:s uid:s type_id:[0,1,2,3,4,99] type:s", "name uid"),
        ["session"] = ("uid:s created_time:t is_remote:b terminal:s", ""),
        ["process_entity"] = ("cmd_line:s cpid:s created_time:t name:s path:s pid:i uid:s", "cmd_line name path pid uid"),
        ["process"] = ("cmd_line:s cpid:s created_time:t name:s path:s pid:i uid:s file:@file working_directory:s user:@user session:@session tid:i ptid:i "
            + "parent_process:@process ancestry:*@process_entity container:@container terminated_time:t", "pid uid cpid"),
        ["container"] = ("uid:s name:s image:j hash:j", "uid name"),
        ["file"] = ("name:s! path:s type_id:[0,1,2,3,4,5,6,7,99]! type:s uid:s size:i attributes:i", ""),
        ["kernel"] = ("name:s! type_id:[0,1,2,3,99]! type:s path:s system_call:s is_system:b", ""),
        ["network_connection_info"] = ("direction_id:[0,1,2,3,99]! direction:s protocol_num:i protocol_name:s protocol_ver_id:[0,4,6,99] uid:s", ""),
        ["network_endpoint"] = ("ip:s port:i hostname:s uid:s name:s instance_uid:s", "ip uid name hostname instance_uid"),
        ["finding_info"] = ("uid:s! title:s desc:s created_time:t modified_time:t first_seen_time:t last_seen_time:t analytic:@analytic attacks:*@attack "
            + "related_events:*@related_event related_events_count:i types:*s data_sources:*s src_url:s", ""),
        ["analytic"] = ("uid:s name:s type_id:[0,1,2,3,4,5,6,7,8,9,10,11,99]! type:s version:s desc:s category:s", "name uid"),
        ["attack"] = ("tactic:@tactic technique:@technique sub_technique:@technique version:s", "tactic technique sub_technique"),
        ["tactic"] = ("uid:s name:s src_url:s", "name uid"),
        ["technique"] = ("uid:s name:s src_url:s", "name uid"),
        ["related_event"] = ("uid:s! title:s desc:s type_uid:i type_name:s created_time:t first_seen_time:t last_seen_time:t count:i severity_id:[0,1,2,3,4,5,6,99]", ""),
        ["evidences"] = ("uid:s name:s verdict:s verdict_id:[0,1,2,3,4,5,6,7,8,9,10,99] actor:@actor process:@process file:@file dst_endpoint:@network_endpoint "
            + "src_endpoint:@network_endpoint connection_info:@network_connection_info device:@device container:@container user:@user data:j",
            "actor connection_info data device dst_endpoint file process src_endpoint user"),
        ["resource_details"] = ("uid:s name:s type:s region:s hostname:s ip:s role_id:[1,2,3,4,99]", "name uid"),
        ["remediation"] = ("desc:s! references:*s", ""),
    };

    // A later attribute takes the place of an earlier one of its name.
    private static string With(string first, string second) => string.Join(' ',
        $"{first} {second}".Split(' ').GroupBy(attribute => attribute.Split(':')[0]).Select(same => same.Last()));

    private static Dictionary<int, string> Numbered(params string[] captions)
    {
        var activities = captions.Select((caption, i) => (caption, i)).ToDictionary(entry => entry.i + 1, entry => entry.caption);
        activities[0] = "Unknown";
        activities[99] = "Other";
        return activities;
    }
}
