<?php
// An echo as PHP's manual teaches it: objects are read as arrays.
//
//     php -S 127.0.0.1:8081 arrays.php
header('Content-Type: application/json');
echo json_encode(json_decode(file_get_contents('php://input'), true));
