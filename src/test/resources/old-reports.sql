-- Three reports as the program before 20261126.7 left them: one with details, another version of it that does not count,
-- one of two domains that came twice. $1 to $3 stand for their ids, #1 to #3 for their identities, %1 to %3 for their JSON.
INSERT INTO report (day, id, identity, organization, organization_name, contact_info, report_id, start_at, end_at, flags,
    domains, receipt, received_at, channel, provenance, rank, source, tenant, counts, contested) VALUES
('2026-11-20', $1, #1, 'google', 'Google', 'a@google.example', 'g1', '2026-11-20', '2026-11-20 23:59:59', '{}',
    '{a.example}', '00000000-0000-0000-0000-000000000001', '2026-11-21 06:00', 'https', 'unverified', 3, '192.0.2.1', NULL,
    true, true),
('2026-11-20', $2, #2, 'google', 'Google', 'a@google.example', 'g1', '2026-11-20', '2026-11-20 23:59:59', '{}',
    '{a.example}', '00000000-0000-0000-0000-000000000002', '2026-11-21 07:00', 'https', 'unverified', 3, '192.0.2.2', NULL,
    false, true),
('2026-11-22', $3, #3, 'nord', 'Nord', 'a@nord.example', 'n1', '2026-11-22', '2026-11-22 23:59:59', '{}',
    '{a.example,b.example}', '00000000-0000-0000-0000-000000000004', '2026-11-23 06:00', 'upload', 'upload', 2, 'admin',
    'default', true, false);
INSERT INTO report_raw (day, id, json) VALUES
('2026-11-20', $1, convert_to('%1', 'UTF8')), ('2026-11-20', $2, convert_to('%2', 'UTF8')),
('2026-11-22', $3, convert_to('%3', 'UTF8'));
INSERT INTO report_copy (day, id, receipt, received_at, channel, provenance, rank, source, tenant) VALUES
('2026-11-22', $3, '00000000-0000-0000-0000-000000000003', '2026-11-23 06:00', 'https', 'unverified', 3, '192.0.2.3', NULL),
('2026-11-22', $3, '00000000-0000-0000-0000-000000000004', '2026-11-23 08:00', 'upload', 'upload', 2, 'admin', 'default');
INSERT INTO policy (domain, day, organization, report, position, policy_type, policy_domain, policy_string, mx_host,
    successful, failed, details, flags) VALUES
('a.example', '2026-11-20', 'google', $1, 0, 'sts', 'a.example', '{version: STSv1}', '{mx.a.example}', 90, 10, 2, '{}'),
('a.example', '2026-11-20', 'google', $1, 1, 'odd', 'a.example', '{}', '{}', 1, 2, 0, '{}'),
('a.example', '2026-11-20', 'google', $2, 0, 'sts', 'a.example', '{}', '{}', 1000, 0, 0, '{}'),
('a.example', '2026-11-20', 'google', $2, 1, 'odd', 'a.example', '{}', '{}', 0, 0, 0, '{}'),
('a.example', '2026-11-22', 'nord', $3, 0, 'tlsa', 'a.example', '{}', '{}', 7, 0, 0, '{}'),
('b.example', '2026-11-22', 'nord', $3, 1, 'no-policy-found', 'b.example', '{}', '{}', 5, 3, 0, '{}');
INSERT INTO failure_detail (domain, day, organization, report, policy, position, policy_type, result_type, sending_mta_ip,
    sending_mta_inet, receiving_mx_hostname, receiving_mx_helo, receiving_ip, receiving_inet, failed,
    additional_information, failure_reason_code) VALUES
('a.example', '2026-11-20', 'google', $1, 0, 0, 'sts', 'certificate-expired', '192.0.2.9', '192.0.2.9', 'mx.a.example',
    'mx', 'not an address', NULL, 6, 'more', 'X1'),
('a.example', '2026-11-20', 'google', $1, 0, 1, 'sts', NULL, NULL, NULL, NULL, NULL, '203.0.113.5', '203.0.113.5', 4, NULL,
    NULL);
INSERT INTO daily_unit (domain, day, organization, rule) VALUES
('a.example', '2026-11-20', 'google', 1), ('a.example', '2026-11-22', 'nord', 1), ('b.example', '2026-11-22', 'nord', 1);
INSERT INTO daily_sessions (domain, day, organization, channel, provenance, organization_name, successful, failed, reports,
    saturated) VALUES
('a.example', '2026-11-20', 'google', 'https', 'unverified', 'Google', 91, 12, 1, false),
('a.example', '2026-11-22', 'nord', 'upload', 'upload', 'Nord', 7, 0, 1, false),
('b.example', '2026-11-22', 'nord', 'upload', 'upload', 'Nord', 5, 3, 1, false);
INSERT INTO daily_policy_sessions (domain, day, organization, channel, provenance, policy_type, organization_name,
    successful, failed, reports, saturated) VALUES
('a.example', '2026-11-20', 'google', 'https', 'unverified', 'sts', 'Google', 90, 10, 1, false),
('a.example', '2026-11-20', 'google', 'https', 'unverified', 'odd', 'Google', 1, 2, 1, false),
('a.example', '2026-11-22', 'nord', 'upload', 'upload', 'tlsa', 'Nord', 7, 0, 1, false),
('b.example', '2026-11-22', 'nord', 'upload', 'upload', 'no-policy-found', 'Nord', 5, 3, 1, false);
INSERT INTO daily_failures (domain, day, organization, channel, provenance, policy_type, result_type, receiving_mx_hostname,
    organization_name, failed, reports, saturated) VALUES
('a.example', '2026-11-20', 'google', 'https', 'unverified', 'sts', 'certificate-expired', 'mx.a.example', 'Google', 6, 1,
    false),
('a.example', '2026-11-20', 'google', 'https', 'unverified', 'sts', 'unspecified', '', 'Google', 4, 1, false),
('a.example', '2026-11-20', 'google', 'https', 'unverified', 'odd', 'unspecified', '', 'Google', 2, 1, false),
('b.example', '2026-11-22', 'nord', 'upload', 'upload', 'no-policy-found', 'unspecified', '', 'Nord', 3, 1, false);
INSERT INTO unclaimed_report (day, id, received_at) VALUES ('2026-11-20', $1, '2026-11-21 06:00');
